import Crypto
import Kit

/// Where a browser takes push messages, and the keys that only it has the other half of (RFC 8291 section 3).
public struct PushSubscription: Sendable, Hashable {
  /// The address at the push service; whoever knows it can try to send there.
  public let endpoint: String
  let publicKey: P256.KeyAgreement.PublicKey
  /// 16 bytes.
  let secret: [UInt8]

  /// Nil unless the key is an uncompressed point of P-256 (65 bytes) and the secret 16 bytes, both as base64url.
  public init?(endpoint: String, publicKey: String, secret: String) {
    guard let key = publicKey.base64URLBytes, key.count == 65, let point = try? P256.KeyAgreement.PublicKey(x963Representation: key),
      let secret = secret.base64URLBytes, secret.count == 16
    else { return nil }
    self.endpoint = endpoint
    self.publicKey = point
    self.secret = secret
  }

  public static func == (a: PushSubscription, b: PushSubscription) -> Bool { a.endpoint == b.endpoint }
  public func hash(into hasher: inout Hasher) { hasher.combine(endpoint) }
}
