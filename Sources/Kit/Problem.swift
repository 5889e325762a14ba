/// What went wrong, in the user's terms. Everything else that is thrown is a fault of ours and is shown as a plain apology.
public enum Problem: Error, Hashable, Sendable {
  /// It does not exist, or the viewer may not know that it does: both answer alike.
  case notFound
  /// The viewer is not signed in.
  case unauthenticated
  /// The viewer sees the thing but may not do this to it; the text says why.
  case forbidden(String)
  /// Values that cannot be taken, by field; the empty name is the form as a whole.
  case invalid([String: String])
  /// The body or the address is not readable at all.
  case malformed(String)
  /// The state of things does not allow it now; `code` is stable, `detail` is for people.
  case conflict(code: String, detail: String)
  /// Asked too often.
  case tooMany(retryAfter: Int)
  /// More than the named limit.
  case tooLarge(String)
  /// A form of content that this address does not take.
  case unsupported(String)
  /// The database or another part is away for a moment.
  case unavailable(retryAfter: Int)
  /// There is no administrator yet, so there is nothing but the setup.
  case notSetUp
  /// No room to store: reads go on, writes do not.
  case storageFull

  public static func invalid(_ field: String, _ message: String) -> Problem { .invalid([field: message]) }

  /// The stable code that API clients may rely on.
  public var code: String {
    switch self {
    case .notFound: "not_found"
    case .unauthenticated: "unauthenticated"
    case .forbidden: "forbidden"
    case .invalid: "invalid"
    case .malformed: "malformed"
    case .conflict(let code, _): code
    case .tooMany: "too_many"
    case .tooLarge: "too_large"
    case .unsupported: "unsupported"
    case .unavailable: "unavailable"
    case .notSetUp: "not_set_up"
    case .storageFull: "storage_full"
    }
  }
}
