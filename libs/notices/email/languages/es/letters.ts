import type { Letters } from '../catalogue.js';

export const letters: Letters = {
  subjects: {
    before: { one: 'Recordatorio: {duty}, con vencimiento el {date} – {state}', other: 'Recordatorio: {count} obligaciones, la primera con vencimiento el {date} – {state}' },
    today: { one: 'Vence hoy: {duty} – {state}', other: 'Vencen hoy: {count} obligaciones – {state}' },
    overdue: { one: 'Plazo vencido: {duty} – {state}', other: 'Plazos vencidos: {count} obligaciones – {state}' },
    mixed: { one: 'Recordatorio: {duty} – {state}', other: 'Recordatorio: {count} obligaciones, vencidas o por vencer – {state}' },
    filing: { one: 'Solicitud de prórroga, a más tardar el {date} – {state}', other: 'Solicitudes de prórroga ({count}), la primera a más tardar el {date} – {state}' },
    goLive: { one: 'Obligación pendiente: {duty} – {state}', other: 'Obligaciones pendientes ({count}) – {state}' },
    goLiveCoordinator: { one: 'Su tema: una obligación pendiente', other: 'Su tema: {count} obligaciones pendientes' },
    escalation: { one: 'Coordinación temática: {duty}, plazo vencido – {state}', other: 'Coordinación temática: {count} plazos vencidos' },
    digest: { one: 'Coordinación temática: resumen semanal, {on}', other: 'Coordinación temática: resumen semanal, {on}' },
    registrar: { one: 'Sin coordinación registrada: una notificación', other: 'Sin coordinación registrada: {count} notificaciones' },
    undeliverable: { one: 'Notificación no entregada: {duty} – {state}', other: 'Notificaciones no entregadas ({count})' },
    confirmation: { one: 'Confirmación anual de la dirección de contacto – {state}', other: 'Confirmación anual de la dirección de contacto – {state}' },
  },
  openings: {
    before: {
      one: 'Tenemos el honor de señalar a su atención la siguiente obligación, contraída {under}, que vence en la fecha indicada.',
      other: 'Tenemos el honor de señalar a su atención las siguientes obligaciones, contraídas {under}, que vencen en las fechas indicadas.',
    },
    today: {
      one: 'Tenemos el honor de señalar a su atención la siguiente obligación, contraída {under}, que vence hoy.',
      other: 'Tenemos el honor de señalar a su atención las siguientes obligaciones, contraídas {under}, que vencen hoy.',
    },
    overdue: {
      one: 'Según el registro que llevamos, ha vencido el plazo de la siguiente obligación, contraída {under}.',
      other: 'Según el registro que llevamos, han vencido los plazos de las siguientes obligaciones, contraídas {under}.',
    },
    mixed: {
      one: 'Tenemos el honor de señalar a su atención la siguiente obligación, contraída {under}.',
      other: 'Tenemos el honor de señalar a su atención las siguientes obligaciones, contraídas {under}. Algunas vencen próximamente; otras, según el registro que llevamos, han vencido ya.',
    },
    filing: {
      one: 'Si su Gobierno se propone solicitar una prórroga {under}, la solicitud deberá llegarnos a más tardar en la fecha indicada.',
      other: 'Si su Gobierno se propone solicitar prórrogas {under}, las solicitudes deberán llegarnos a más tardar en las fechas indicadas.',
    },
    goLive: {
      one: 'Hemos comenzado a enviar por correo electrónico los recordatorios de las obligaciones contraídas {under}. Para empezar, esta es la obligación de su Estado que figura como pendiente en el registro. En adelante le escribiremos antes de cada vencimiento.',
      other: 'Hemos comenzado a enviar por correo electrónico los recordatorios de las obligaciones contraídas {under}. Para empezar, estas son las obligaciones de su Estado que figuran como pendientes en el registro. En adelante le escribiremos antes de cada vencimiento.',
    },
    goLiveCoordinator: {
      one: 'Hemos comenzado a enviar por correo electrónico los recordatorios de las obligaciones contraídas {under}. Para empezar, esta es la obligación que figura como pendiente en el registro respecto del tema que usted coordina.',
      other: 'Hemos comenzado a enviar por correo electrónico los recordatorios de las obligaciones contraídas {under}. Para empezar, estas son todas las obligaciones que figuran como pendientes en el registro respecto del tema que usted coordina.',
    },
    escalation: {
      one: 'Ponemos en su conocimiento, a efectos de la coordinación temática, que sigue vencido el plazo de la siguiente obligación, contraída {under}.',
      other: 'Ponemos en su conocimiento, a efectos de la coordinación temática, que siguen vencidos los plazos de las siguientes obligaciones, contraídas {under}.',
    },
    digest: {
      one: 'Este es el resumen semanal de las obligaciones contraídas {under} respecto del tema que usted coordina.',
      other: 'Este es el resumen semanal de las obligaciones contraídas {under} respecto del tema que usted coordina.',
    },
    registrar: {
      one: 'La siguiente notificación, relativa a una obligación contraída {under}, estaba destinada a los coordinadores de su tema. En el registro no figura nadie en funciones, o no figura la dirección de quienes ejercen la función, por lo que se le dirige a usted.',
      other: 'Las siguientes notificaciones, relativas a obligaciones contraídas {under}, estaban destinadas a los coordinadores de sus temas. En el registro no figura nadie en funciones, o no figura la dirección de quienes ejercen la función, por lo que se le dirigen a usted.',
    },
    undeliverable: {
      one: 'La siguiente notificación, relativa a una obligación contraída {under}, no pudo entregarse a su destinatario, y no queda nadie a quien dirigirla en su lugar. Por ello se le dirige a usted.',
      other: 'Las siguientes notificaciones, relativas a obligaciones contraídas {under}, no pudieron entregarse a su destinatario, y no queda nadie a quien dirigirlas en su lugar. Por ello se le dirigen a usted.',
    },
    confirmation: {
      one: 'Una vez al año preguntamos a todas las personas a quienes escribimos acerca de obligaciones contraídas {under} si la dirección sigue siendo la correcta. Le agradeceríamos que lo confirmara con un clic.',
      other: 'Una vez al año preguntamos a todas las personas a quienes escribimos acerca de obligaciones contraídas {under} si la dirección sigue siendo la correcta. Le agradeceríamos que lo confirmara con un clic.',
    },
  },
  advice: {
    lastMeeting: 'La última reunión antes de este vencimiento es la {meeting}, que se inaugura el {date}.',
    fileBy: 'Si se necesita más tiempo, la solicitud de prórroga deberá llegarnos a más tardar el {date}.',
    fileMissed: 'La solicitud de prórroga debía llegarnos a más tardar el {date}. Si se necesita más tiempo, le rogamos que nos escriba sin demora.',
    noMeeting: 'Aún no se ha fijado la fecha de la última reunión antes de este vencimiento. En cuanto se fije, le indicaremos en qué fecha deberá llegarnos la solicitud de prórroga.',
    declare: 'Si la obligación se ha cumplido, le agradeceríamos que nos enviara la declaración de cumplimiento.',
    overdue: 'Le agradeceríamos que nos indicara qué queda por hacer y en qué plazo o, si los trabajos han concluido, que nos enviara la declaración de cumplimiento.',
    report: 'El informe se dirige al Secretario General de las Naciones Unidas; le agradeceríamos que nos enviara una copia en respuesta al presente mensaje.',
    coverPage: 'Si nada ha cambiado desde el último informe, basta con la portada.',
    filing: 'Quedamos a su disposición para ayudarle a preparar la solicitud. Si no se necesita más tiempo, no hay nada que presentar.',
    apology: 'Si ya se hubiera hecho, le rogamos que acepte nuestras disculpas y nos lo comunique, a fin de corregir el registro.',
  },
  salutation: 'Estimada señora, estimado señor:',
  closing: 'Le saludamos muy atentamente,',
  footer: {
    'focal-point': 'Recibe el presente mensaje en calidad de punto focal nacional ({state}).',
    deputy: 'Recibe el presente mensaje en calidad de punto focal nacional suplente ({state}).',
    'permanent-mission': 'El presente mensaje se dirige a la Misión Permanente porque no es posible comunicarse con ningún punto focal nacional ({state}).',
    coordinator: 'Recibe el presente mensaje en el marco de la coordinación temática.',
    registrar: 'Recibe el presente mensaje en calidad de responsable del registro.',
    automatic: 'Se ha enviado automáticamente; toda respuesta llega a la Dependencia de Apoyo a la Aplicación.',
    nextContact: 'Si no desea seguir recibiendo los recordatorios, se enviarán al siguiente contacto de su Estado.',
    confirm: 'Le rogamos que confirme una vez al año que esta sigue siendo la dirección correcta',
    unsubscribe: 'Para dejar de recibir estos mensajes',
  },
  confirmation: {
    yes: 'Sí, esta sigue siendo la dirección correcta',
    no: 'Si otra persona ha asumido sus funciones, le rogamos que nos lo comunique en respuesta al presente mensaje.',
  },
  test: {
    subject: '[Prueba] {subject}',
    notice: 'Este es un mensaje de prueba: muestra cómo se lee una carta y no requiere ninguna acción.',
  },
};
