// Reads a calendar from standard input with ical.js, whose module is named by the first argument, and prints what it found as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]).href);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toJSDate().toISOString(),
    zone: event.startDate.zone.tzid,
    stamp: component.getFirstPropertyValue("dtstamp").toJSDate().toISOString(),
    sequence: event.sequence,
    url: component.getFirstPropertyValue("url"),
  };
});
// A property of a program's own has no type, so ical.js leaves its text as it was written.
const name = calendar.getFirstPropertyValue("x-wr-calname").replace(/\\([,;\\])/g, "$1");
console.log(JSON.stringify({ name, version: calendar.getFirstPropertyValue("version"), events }));
