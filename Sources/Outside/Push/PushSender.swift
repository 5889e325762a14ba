import Crypto
import Foundation
import Kit

/// Tells push services who sends: a key pair of the installation (VAPID, RFC 8292).
public struct PushSender: Sendable {
  private let key: P256.Signing.PrivateKey
  /// Whom the push service may write to: a `mailto:` or `https:` address.
  private let contact: String

  /// - Parameter secret: 32 bytes that stay the same; subscriptions are bound to the key made of them. Nil for the few that make none.
  public init?(secret: [UInt8], contact: String) {
    guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
    self.key = key
    self.contact = contact
  }

  /// The public half as browsers want it: 65 bytes as base64url.
  public var publicKey: String { Array(key.publicKey.x963Representation).base64URL }

  /// The request that delivers a sealed message, or nil when the address is none.
  ///
  /// - Parameters:
  ///   - seconds: how long the push service keeps it for a device that is off.
  ///   - now: the signature holds for 12 hours from now.
  public func request(_ body: [UInt8], to endpoint: String, seconds: Int, urgent: Bool, now: Instant) throws -> FetchRequest? {
    guard let parts = URLComponents(string: endpoint), let scheme = parts.scheme, let host = parts.host else { return nil }
    let origin = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    let claims = "{\"aud\":\"\(origin)\",\"exp\":\((now + .hours(12)).seconds),\"sub\":\"\(contact)\"}"
    let signed = Array(#"{"typ":"JWT","alg":"ES256"}"#.utf8).base64URL + "." + Array(claims.utf8).base64URL
    let signature = Array(try key.signature(for: Data(signed.utf8)).rawRepresentation).base64URL
    return FetchRequest(
      .post, endpoint,
      headers: [
        ("Authorization", "vapid t=\(signed).\(signature), k=\(publicKey)"), ("Content-Encoding", "aes128gcm"),
        ("Content-Type", "application/octet-stream"), ("TTL", "\(seconds)"), ("Urgency", urgent ? "high" : "normal"), ("Expect", ""),
      ], body: body, limit: 65_536, redirects: 0)
  }
}
