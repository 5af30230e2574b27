import type { Letters } from '../catalogue.js';

export const letters: Letters = {
  subjects: {
    before: { one: 'Rappel : {duty}, échéance le {date} – {state}', other: 'Rappel : {count} obligations, première échéance le {date} – {state}' },
    today: { one: 'Échéance aujourd’hui : {duty} – {state}', other: 'Échéance aujourd’hui : {count} obligations – {state}' },
    overdue: { one: 'Échéance dépassée : {duty} – {state}', other: 'Échéances dépassées : {count} obligations – {state}' },
    mixed: { one: 'Rappel : {duty} – {state}', other: 'Rappel : {count} obligations, échues ou à échoir – {state}' },
    filing: { one: 'Demande de prolongation, au plus tard le {date} – {state}', other: 'Demandes de prolongation ({count}), la première au plus tard le {date} – {state}' },
    goLive: { one: 'Obligation en cours : {duty} – {state}', other: 'Obligations en cours ({count}) – {state}' },
    goLiveCoordinator: { one: 'Votre thème : une obligation en cours', other: 'Votre thème : {count} obligations en cours' },
    escalation: { one: 'Coordination thématique : {duty}, échéance dépassée – {state}', other: 'Coordination thématique : {count} échéances dépassées' },
    digest: { one: 'Coordination thématique : point hebdomadaire, {on}', other: 'Coordination thématique : point hebdomadaire, {on}' },
    registrar: { one: 'Aucune coordination enregistrée : une notification', other: 'Aucune coordination enregistrée : {count} notifications' },
    undeliverable: { one: 'Notification non remise : {duty} – {state}', other: 'Notifications non remises ({count})' },
    confirmation: { one: 'Confirmation annuelle de l’adresse de contact – {state}', other: 'Confirmation annuelle de l’adresse de contact – {state}' },
  },
  openings: {
    before: {
      one: 'Nous avons l’honneur d’appeler votre attention sur l’obligation ci-après, contractée {under}, qui vient à échéance à la date indiquée.',
      other: 'Nous avons l’honneur d’appeler votre attention sur les obligations ci-après, contractées {under}, qui viennent à échéance aux dates indiquées.',
    },
    today: {
      one: 'Nous avons l’honneur d’appeler votre attention sur l’obligation ci-après, contractée {under}, qui vient à échéance aujourd’hui.',
      other: 'Nous avons l’honneur d’appeler votre attention sur les obligations ci-après, contractées {under}, qui viennent à échéance aujourd’hui.',
    },
    overdue: {
      one: 'Selon le registre que nous tenons, l’échéance de l’obligation ci-après, contractée {under}, est dépassée.',
      other: 'Selon le registre que nous tenons, les échéances des obligations ci-après, contractées {under}, sont dépassées.',
    },
    mixed: {
      one: 'Nous avons l’honneur d’appeler votre attention sur l’obligation ci-après, contractée {under}.',
      other: 'Nous avons l’honneur d’appeler votre attention sur les obligations ci-après, contractées {under}. Certaines viennent prochainement à échéance ; pour d’autres, selon le registre que nous tenons, l’échéance est dépassée.',
    },
    filing: {
      one: 'Si votre Gouvernement entend solliciter un délai supplémentaire {under}, sa demande doit nous parvenir au plus tard à la date indiquée.',
      other: 'Si votre Gouvernement entend solliciter des délais supplémentaires {under}, ses demandes doivent nous parvenir au plus tard aux dates indiquées.',
    },
    goLive: {
      one: 'Les rappels relatifs aux obligations contractées {under} sont désormais adressés par courrier électronique. Voici, pour commencer, l’obligation de votre État qui, selon le registre, est en cours. Nous vous écrirons à l’avenir avant chaque échéance.',
      other: 'Les rappels relatifs aux obligations contractées {under} sont désormais adressés par courrier électronique. Voici, pour commencer, les obligations de votre État qui, selon le registre, sont en cours. Nous vous écrirons à l’avenir avant chaque échéance.',
    },
    goLiveCoordinator: {
      one: 'Les rappels relatifs aux obligations contractées {under} sont désormais adressés par courrier électronique. Voici, pour commencer, l’obligation en cours relevant du thème que vous coordonnez.',
      other: 'Les rappels relatifs aux obligations contractées {under} sont désormais adressés par courrier électronique. Voici, pour commencer, l’ensemble des obligations en cours relevant du thème que vous coordonnez.',
    },
    escalation: {
      one: 'Nous portons à votre connaissance, au titre de la coordination thématique, que l’échéance de l’obligation ci-après, contractée {under}, demeure dépassée.',
      other: 'Nous portons à votre connaissance, au titre de la coordination thématique, que les échéances des obligations ci-après, contractées {under}, demeurent dépassées.',
    },
    digest: {
      one: 'Voici le point hebdomadaire des obligations contractées {under}, pour le thème que vous coordonnez.',
      other: 'Voici le point hebdomadaire des obligations contractées {under}, pour le thème que vous coordonnez.',
    },
    registrar: {
      one: 'La notification ci-après, relative à une obligation contractée {under}, était destinée aux coordonnateurs du thème dont elle relève. Le registre n’indique personne en fonction, ou aucune adresse pour les personnes en fonction ; elle vous est donc adressée.',
      other: 'Les notifications ci-après, relatives à des obligations contractées {under}, étaient destinées aux coordonnateurs des thèmes dont elles relèvent. Le registre n’indique personne en fonction, ou aucune adresse pour les personnes en fonction ; elles vous sont donc adressées.',
    },
    undeliverable: {
      one: 'La notification ci-après, relative à une obligation contractée {under}, n’a pu être remise à son destinataire, et il ne reste personne à qui l’adresser à sa place. Elle vous est donc adressée.',
      other: 'Les notifications ci-après, relatives à des obligations contractées {under}, n’ont pu être remises à leur destinataire, et il ne reste personne à qui les adresser à sa place. Elles vous sont donc adressées.',
    },
    confirmation: {
      one: 'Une fois par an, nous demandons à tous ceux à qui nous écrivons au sujet d’obligations contractées {under} si l’adresse est toujours la bonne. Nous vous saurions gré de bien vouloir le confirmer d’un clic.',
      other: 'Une fois par an, nous demandons à tous ceux à qui nous écrivons au sujet d’obligations contractées {under} si l’adresse est toujours la bonne. Nous vous saurions gré de bien vouloir le confirmer d’un clic.',
    },
  },
  advice: {
    lastMeeting: 'Dernière réunion avant cette échéance : {meeting}, qui s’ouvre le {date}.',
    fileBy: 'Si un délai supplémentaire est nécessaire, la demande de prolongation doit nous parvenir le {date} au plus tard.',
    fileMissed: 'La demande de prolongation devait nous parvenir le {date} au plus tard. Si un délai supplémentaire est nécessaire, nous vous saurions gré de nous écrire sans tarder.',
    noMeeting: 'La date de la dernière réunion avant cette échéance n’est pas encore fixée. Dès qu’elle le sera, nous vous indiquerons la date à laquelle une demande de prolongation doit nous parvenir.',
    declare: 'Si l’obligation est exécutée, nous vous saurions gré de nous faire parvenir la déclaration de conformité.',
    overdue: 'Nous vous saurions gré de nous indiquer ce qu’il reste à accomplir, et dans quel délai, ou, si les travaux sont achevés, de nous faire parvenir la déclaration de conformité.',
    report: 'Le rapport est adressé au Secrétaire général de l’Organisation des Nations Unies ; nous vous saurions gré de nous en faire tenir copie en réponse au présent message.',
    coverPage: 'Si rien n’a changé depuis le dernier rapport, la page de couverture suffit.',
    filing: 'Nous nous tenons à votre disposition pour vous aider à établir la demande. Si aucun délai supplémentaire n’est nécessaire, il n’y a rien à présenter.',
    apology: 'Si cela a été fait entre-temps, nous vous prions d’accepter nos excuses et de bien vouloir nous en informer, afin que le registre soit rectifié.',
  },
  salutation: 'Madame, Monsieur,',
  closing: 'Veuillez agréer, Madame, Monsieur, l’assurance de notre considération distinguée.',
  footer: {
    'focal-point': 'Vous recevez le présent message en qualité de point focal national ({state}).',
    deputy: 'Vous recevez le présent message en qualité de point focal national suppléant ({state}).',
    'permanent-mission': 'Le présent message est adressé à la Mission permanente, aucun point focal national ne pouvant être joint ({state}).',
    coordinator: 'Vous recevez le présent message au titre de la coordination thématique.',
    registrar: 'Vous recevez le présent message en qualité de responsable du registre.',
    automatic: 'Il a été envoyé automatiquement ; toute réponse parvient à l’Unité d’appui à la mise en œuvre.',
    nextContact: 'Si vous ne souhaitez plus recevoir les rappels, ils seront adressés au contact suivant de votre État.',
    confirm: 'Nous vous prions de confirmer une fois par an que cette adresse est toujours la bonne',
    unsubscribe: 'Pour ne plus recevoir ces messages',
  },
  confirmation: {
    yes: 'Oui, cette adresse est toujours la bonne',
    no: 'Si une autre personne a repris vos fonctions, nous vous saurions gré de nous l’indiquer en réponse au présent message.',
  },
  test: {
    subject: '[Essai] {subject}',
    notice: 'Ceci est un message d’essai : il montre comment une lettre se présente et n’appelle aucune suite.',
  },
};
