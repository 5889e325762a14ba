import Crypto
import CryptoExtras
import Foundation
import Kit

/// A password as it is kept: `scrypt$17$8$1$salt$hash`, cost parameters first, then base64url without padding.
///
/// Source: RFC 7914, with N = 2^17, r = 8, p = 1 by default: 128 MiB and about a third of a second each.
public struct PasswordHash: Sendable {
  let cost: PasswordCost
  let salt: [UInt8]
  let digest: [UInt8]

  private static let blockSize = 8
  private static let parallelism = 1

  /// Hashes a password with a fresh salt. Slow on purpose: call it through `PasswordPool`.
  static func make(_ password: Secret<String>, salt: [UInt8], cost: PasswordCost) throws -> PasswordHash {
    PasswordHash(cost: cost, salt: salt, digest: try derive(password, salt, cost))
  }

  private init(cost: PasswordCost, salt: [UInt8], digest: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.digest = digest
  }

  /// Reads the kept text; nil when it is not one of ours.
  init?(_ text: String) {
    let parts = text.split(separator: "$")
    guard parts.count == 6, parts[0] == "scrypt", let logN = Int(parts[1]), (1...24).contains(logN), Int(parts[2]) == Self.blockSize,
      Int(parts[3]) == Self.parallelism, let salt = parts[4].base64URLBytes, let digest = parts[5].base64URLBytes, digest.count == 32
    else { return nil }
    self.init(cost: PasswordCost(logN: logN), salt: salt, digest: digest)
  }

  var text: String { "scrypt$\(cost.logN)$\(Self.blockSize)$\(Self.parallelism)$\(salt.base64URL)$\(digest.base64URL)" }

  /// Whether the password is the one, compared in constant time.
  func matches(_ password: Secret<String>) throws -> Bool {
    let other = try Self.derive(password, salt, cost)
    return zip(digest, other).reduce(UInt8(digest.count == other.count ? 0 : 1)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func derive(_ password: Secret<String>, _ salt: [UInt8], _ cost: PasswordCost) throws -> [UInt8] {
    let text = password.exposed.precomposedStringWithCompatibilityMapping
    let key = try KDF.Scrypt.deriveKey(
      from: Array(text.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost.logN, blockSize: blockSize, parallelism: parallelism)
    return key.withUnsafeBytes { Array($0) }
  }
}
