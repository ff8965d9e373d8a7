// Numbers and times, the same for every reader: in English like the page, and in UTC like LinkedIn's days.

const wholeFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const fineFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const shareFormat = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function formatNumber(value) {
  return Math.abs(value) < 100 && !Number.isInteger(value) ? fineFormat.format(value) : wholeFormat.format(value);
}

function formatShare(part, whole) {
  const percent = whole === 0 ? 0 : 100 * part / whole;
  return percent > 0 && percent < 0.1 ? "<0.1%" : `${shareFormat.format(percent)}%`;
}

function utcFormat(options) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  return seconds => format.format(new Date(seconds * 1000));
}

const formatClock = utcFormat({ hour: "2-digit", minute: "2-digit" });
const formatDay = utcFormat({ day: "numeric", month: "short" });
const formatFullDay = utcFormat({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const formatDate = utcFormat({ day: "numeric", month: "short", year: "numeric" });
const formatMonth = utcFormat({ month: "short", year: "numeric" });
const formatYear = utcFormat({ year: "numeric" });

/** Below an axis, where there is little room. */
const shortLabel = {
  minute: formatClock,
  hour: seconds => `${formatDay(seconds)} ${formatClock(seconds)}`,
  day: formatDay,
  week: formatDay,
  month: formatMonth,
  year: formatYear,
};

/** In a tooltip or a table. */
const longLabel = {
  minute: seconds => `${formatDate(seconds)}, ${formatClock(seconds)} UTC`,
  hour: seconds => `${formatDate(seconds)}, ${formatClock(seconds)} UTC`,
  day: formatFullDay,
  week: seconds => `Week of ${formatDate(seconds)}`,
  month: formatMonth,
  year: formatYear,
};

/** A text in LinkedIn's format, MM-dd-yyyy HH:mm:ss, or in ISO 8601. Without a zone, it is in UTC. */
function parseDate(text) {
  const iso = text.replace(/^(\d\d)-(\d\d)-(\d{4})/, "$3-$1-$2").replace(" ", "T");
  const time = iso.includes("T") ? iso : `${iso}T00:00:00`;
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`);
}

/** A time in a table: sorts as it reads. */
function formatTime(seconds) {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 19).replace("T", " ");
}

/** Colours that mean something; other names take the next one of the row, and what comes last is grey. */
const stateTones = new Map(Object.entries({
  synced: "good", unchanged: "idle", failed: "bad", rejected: "warn", pending: "info", added: "good", removed: "bad", changed: "info", active: "good", inactive: "idle",
}));

function toneOf(name, index) {
  return stateTones.get(name.toLowerCase()) ?? `t${Math.min(index, 7)}`;
}
