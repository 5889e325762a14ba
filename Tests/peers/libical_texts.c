/* Reads a calendar with libical and prints a line for each event: UID, SEQUENCE, start in seconds since 1970 UTC, and SUMMARY,
   DESCRIPTION and LOCATION in hexadecimal. Exits with 1 when libical finds an error in the file. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void hex(const char *text) {
  for (const unsigned char *byte = (const unsigned char *)(text ? text : ""); *byte; byte++) printf("%02x", *byte);
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 2;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc(1, size + 1);
  if (fread(text, 1, size, file) != (size_t)size) return 2;
  icalcomponent *calendar = icalparser_parse_string(text);
  if (!calendar) return 1;
  int errors = icalcomponent_count_errors(calendar);
  for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    hex(icalcomponent_get_uid(event));
    printf(" %d %lld ", icalcomponent_get_sequence(event), (long long)icaltime_as_timet_with_zone(start, start.zone));
    hex(icalcomponent_get_summary(event));
    printf(" ");
    hex(icalcomponent_get_description(event));
    printf(" ");
    hex(icalcomponent_get_location(event));
    printf("\n");
  }
  return errors ? 1 : 0;
}
