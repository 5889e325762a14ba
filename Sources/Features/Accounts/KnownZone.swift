import Kit

extension Zones {
  static let unknown = "This machine does not know that zone. Choose one such as Europe/Berlin."

  /// Refuses a zone whose times this machine cannot tell: every page would show UTC instead.
  static func check(_ name: String, field: String = "zone") throws(Problem) {
    guard isKnown(name) else { throw .invalid(field, unknown) }
  }

  /// A zone that a browser named by itself; nil for one that this machine does not know, such as an old name without tzdata-legacy.
  static func reported(_ name: String?) -> String? {
    guard let name, name == "UTC" || name.contains("/"), isKnown(name) else { return nil }
    return name
  }
}
