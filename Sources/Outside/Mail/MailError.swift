/// Why a mail could not be handed on.
public enum MailError: Error, Sendable, Hashable {
  /// The server answered 4xx: try again later.
  case temporary(Refusal)
  /// The server answered 5xx.
  case permanent(Refusal)
  /// No answer: name not found, connection refused or lost, time over, folder not writable.
  case unreachable(String)
  /// The connection could not be made safe: certificate refused or STARTTLS not offered. Nothing was sent over it.
  case notSecure(String)

  /// A server's answer and the step at which it came.
  public struct Refusal: Sendable, Hashable {
    public enum Step: String, Sendable, Hashable, Codable {
      case greeting, signIn, sender, recipient, message
    }

    /// The three-digit reply code.
    public let code: Int
    /// The server's words, one line, at most 500 characters.
    public let text: String
    public let step: Step

    public init(code: Int, text: String, step: Step) {
      self.code = code
      self.text = text
      self.step = step
    }
  }

  /// Whether trying again is useless: the server refused this recipient or this message for good.
  /// A refused sign-in or sender is a fault of the settings and passes when they are mended.
  public var isFinal: Bool {
    guard case .permanent(let refusal) = self else { return false }
    return refusal.step == .recipient || refusal.step == .message
  }

  /// Whether the address itself is bad, so that it should be marked.
  public var refusesRecipient: Bool {
    guard case .permanent(let refusal) = self else { return false }
    return refusal.step == .recipient
  }
}

extension MailError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .temporary(let refusal): "the mail server said \(refusal.code) (\(refusal.step.rawValue)), try later: \(refusal.text)"
    case .permanent(let refusal): "the mail server said \(refusal.code) (\(refusal.step.rawValue)): \(refusal.text)"
    case .unreachable(let text): "the mail server cannot be reached: \(text)"
    case .notSecure(let text): "the connection to the mail server is not safe: \(text)"
    }
  }
}
