import Crypto
import Foundation
import Kit

/// Encrypts a push message for one browser (RFC 8291, content encoding aes128gcm of RFC 8188). The push service reads nothing of it.
public enum PushEncryption {
  /// The largest text: a record of 4,096 bytes less the tag and the delimiter.
  public static let most = 3_993

  public struct TooLong: Error {}

  /// The body of the request to the push service.
  ///
  /// - Parameters:
  ///   - random: 48 random bytes, used for nothing else: 32 for the sender's key of this message, 16 for the salt.
  /// - Throws: ``TooLong`` for more than ``most`` bytes; errors of the cryptography when the random bytes make no key.
  public static func seal(_ text: [UInt8], for subscription: PushSubscription, random: [UInt8]) throws -> [UInt8] {
    guard text.count <= most, random.count == 48 else { throw TooLong() }
    let key = try P256.KeyAgreement.PrivateKey(rawRepresentation: random.prefix(32))
    return try seal(text, for: subscription, key: key, salt: Array(random.suffix(16)))
  }

  static func seal(
    _ text: [UInt8], for subscription: PushSubscription, key: P256.KeyAgreement.PrivateKey, salt: [UInt8]
  ) throws -> [UInt8] {
    let own = Array(key.publicKey.x963Representation)
    let shared = try key.sharedSecretFromKeyAgreement(with: subscription.publicKey)
    let info = Array("WebPush: info".utf8) + [0] + Array(subscription.publicKey.x963Representation) + own
    let input = shared.hkdfDerivedSymmetricKey(using: SHA256.self, salt: subscription.secret, sharedInfo: info, outputByteCount: 32)
    let contentKey = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: input, salt: salt, info: Array("Content-Encoding: aes128gcm".utf8) + [0], outputByteCount: 16)
    let nonce = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: input, salt: salt, info: Array("Content-Encoding: nonce".utf8) + [0], outputByteCount: 12
    ).withUnsafeBytes { Array($0) }
    // The delimiter of the last record follows the text.
    let box = try AES.GCM.seal(text + [2], using: contentKey, nonce: AES.GCM.Nonce(data: nonce))
    let header = salt + [0, 0, 0x10, 0] + [UInt8(own.count)] + own
    return header + box.ciphertext + box.tag
  }
}
