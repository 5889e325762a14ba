import Crypto
import Foundation
import Kit

/// What is said once on the next page. It travels in a short-lived signed cookie, so that no state is kept for it.
struct Flash {
  static let cookieName = "tandem-flash"

  static func cookie(_ destination: Destination, key: SymmetricKey, isSecure: Bool) -> String? {
    guard destination.text != nil, let data = try? JSONEncoder().encode(destination) else { return nil }
    let text = Array(data).base64URL
    let seal = Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64URL
    return "\(cookieName)=\(text).\(seal); Path=/; Max-Age=60; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
  }

  static func read(_ cookie: String?, key: SymmetricKey) -> Destination? {
    guard let parts = cookie?.split(separator: "."), parts.count == 2, let seal = parts[1].base64URLBytes,
      HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: Data(parts[0].utf8), using: key),
      let bytes = parts[0].base64URLBytes
    else { return nil }
    return try? JSONDecoder().decode(Destination.self, from: Data(bytes))
  }

  static func expired(isSecure: Bool) -> String {
    "\(cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
  }
}
