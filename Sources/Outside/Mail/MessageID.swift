import Crypto
import Kit

/// `<left@domain>`: the name of a message. The same job sends the same one, so that a second copy is recognised by mail programs.
public struct MessageID: Sendable, Hashable, CustomStringConvertible {
  public let left: String
  public let domain: String

  /// The name for a key of ours, such as a job's: unguessable without the secret, equal for equal keys.
  public init(key: String, secret: Secret<[UInt8]>, domain: String) {
    let code = HMAC<SHA256>.authenticationCode(for: Array(key.utf8), using: SymmetricKey(data: secret.exposed))
    self.left = Array(code).prefix(20).hex
    self.domain = DomainName.ascii(domain) ?? "tandem.invalid"
  }

  /// Reads `<left@domain>`, with or without the brackets; nil when it is not of that form.
  public init?(_ text: String) {
    let bare = text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
    guard let address = try? EmailAddress(bare) else { return nil }
    self.left = address.local
    self.domain = address.domain
  }

  public var description: String { "<\(left)@\(domain)>" }
}
