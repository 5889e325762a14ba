import Kit
import Web

/// Short-lived cookies of the sign-in, each sealed with a key of the installation.
enum SignedCookie {
  /// `name=text.seal`; the text must be free of dots and cookie separators, as base64url is.
  static func make(_ name: String, _ text: String, seconds: Int, _ site: Site) -> String {
    plain(name, text + "." + site.keys.seal(text, for: name), seconds: seconds, site)
  }

  /// The text of a cookie whose seal holds.
  static func read(_ name: String, _ cookies: [String: String], _ site: Site) -> String? {
    guard let parts = cookies[name]?.split(separator: ".", maxSplits: 1), parts.count == 2 else { return nil }
    let text = String(parts[0])
    return isEqual(String(parts[1]), site.keys.seal(text, for: name)) ? text : nil
  }

  static func plain(_ name: String, _ value: String, seconds: Int, _ site: Site) -> String {
    "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(seconds)" + (site.settings.isSecure ? "; Secure" : "")
  }

  static func expired(_ name: String, _ site: Site) -> String { plain(name, "", seconds: 0, site) }

  /// Compares in a time that depends on the lengths only.
  static func isEqual(_ a: String, _ b: String) -> Bool {
    zip(a.utf8, b.utf8).reduce(UInt8(a.utf8.count == b.utf8.count ? 0 : 1)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// The proof that a browser's owner reads the mail of an address: kept for ten minutes after a code, to choose an organisation or to join one.
/// After a password it is a proof for those members of the address whose password it was, and for nothing else.
struct AddressProof {
  static let cookie = "tandem-proof"

  let email: String
  let method: SignInSession.Method
  /// Nil for all members of the address.
  let people: Set<ID<Person>>?

  func admits(_ membership: Membership) -> Bool { people?.contains(membership.person) ?? true }

  static func make(_ email: String, by method: SignInSession.Method, for people: [ID<Person>]? = nil, _ site: Site) -> String {
    let proven = people.map { $0.map(\.description).joined(separator: ",") } ?? "all"
    let text = Array("\(site.world.now().microseconds) \(method.rawValue) \(proven) \(email)".utf8).base64URL
    return SignedCookie.make(cookie, text, seconds: 600, site)
  }

  static func read(_ cookies: [String: String], _ site: Site) -> AddressProof? {
    guard let text = SignedCookie.read(cookie, cookies, site), let bytes = text.base64URLBytes,
      case let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ", maxSplits: 3), parts.count == 4,
      let at = Int64(parts[0]), let method = SignInSession.Method(rawValue: String(parts[1]))
    else { return nil }
    let age = site.world.now() - Instant(microseconds: at)
    guard age < .minutes(10), age >= .seconds(0) else { return nil }
    let people: Set<ID<Person>>? = parts[2] == "all" ? nil : Set(parts[2].split(separator: ",").compactMap { ID<Person>($0) })
    return AddressProof(email: String(parts[3]), method: method, people: people)
  }
}

/// A browser in which an address signed in before. It has a count of failures of its own, so that nobody can lock the owner out.
enum KnownDevice {
  static let cookie = "tandem-device"

  static func make(_ email: String, _ site: Site) -> String {
    let mark = site.world.bytes(16).base64URL
    return SignedCookie.make(cookie, mark + "-" + owner(email, site), seconds: 34_560_000, site)
  }

  /// The mark of the device, when it is one of this address.
  static func mark(_ email: String, _ cookies: [String: String], _ site: Site) -> String? {
    guard let text = SignedCookie.read(cookie, cookies, site), text.hasSuffix("-" + owner(email, site)) else { return nil }
    return String(text.prefix(22))
  }

  private static func owner(_ email: String, _ site: Site) -> String { site.keys.seal(email, for: "device owner") }
}
