import Kit

/// Titles of refusals, for people.
enum ProblemWords {
  static func title(_ status: Int) -> String {
    switch status {
    case 400: "This request could not be read"
    case 401: "Sign in first"
    case 403: "Not allowed"
    case 404: "Not found"
    case 405: "Not that way"
    case 409: "That does not fit any more"
    case 413: "Too large"
    case 414: "The address is too long"
    case 415: "Another form is needed"
    case 422: "Some values need a look"
    case 429: "A moment, please"
    case 431: "The headers are too long"
    case 503: "Not available for a moment"
    case 507: "No room left"
    default: "Something of ours failed"
    }
  }

  /// Why an act was not done, and that it was not.
  static func notSaved(_ problem: Problem) -> String {
    problem == .storageFull
      ? "There is no room left on the server's disk. Nothing was saved. Whoever runs it frees some space; then send it again."
      : "Tandem cannot reach its database at the moment. Nothing was saved. Try again in a moment."
  }
}
