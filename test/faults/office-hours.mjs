// Loaded into a program before it starts (node --import): moves all its clocks by OFFICE_HOURS_SHIFT milliseconds, since
// letters only leave in working hours and tests run at any.
const shift = Number(process.env.OFFICE_HOURS_SHIFT ?? 0);
const now = Date.now.bind(Date);
const instant = Temporal.Now.instant.bind(Temporal.Now);
Date.now = () => now() + shift;
Temporal.Now.instant = () => instant().add({ milliseconds: shift });
