import Kit

extension ID: Formatted {
  public static var schema: Schema { .format("tandem-id", example: "01EXAMPLE0000") }
  public static var sample: ID { ID(0) }
}

extension Instant: Formatted {
  public static var schema: Schema { .format("date-time", example: "2026-11-23T08:00:00Z") }
  public static var sample: Instant { Instant(microseconds: 0) }
}

extension SafeHTML: Formatted {
  public static var schema: Schema { .format("html", example: "<p>Text</p>") }
  public static var sample: SafeHTML { SafeHTML("") }
}

extension Upload: Formatted {
  public static var schema: Schema { .upload }
  public static var sample: Upload { Upload(name: "", bytes: []) }
}

extension Secret: Formatted where Value == String {
  public static var schema: Schema { .text(Rule()) }
  public static var sample: Secret { Secret("") }
}
