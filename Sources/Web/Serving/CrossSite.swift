import HTTPTypes
import Kit

/// Refuses requests that another site makes in a member's name (trust: sessions and browser).
enum CrossSite {
  static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

  /// Whether an act may go on. Requests with an API token hold no ambient right and skip the check.
  static func allows(_ headers: HTTPFields, origin: String) -> Bool {
    if let name = fetchSite, let site = headers[name] { return site == "same-origin" }
    if let from = headers[.origin] { return from == origin }
    return false
  }

  /// Whether a fragment, stream or JSON may be read by whoever asks.
  static func allowsReading(_ headers: HTTPFields) -> Bool {
    guard let name = fetchSite, let site = headers[name] else { return true }
    return site != "cross-site"
  }
}
