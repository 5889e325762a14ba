import Outside
import Web

extension Settings {
  /// Whether somebody has said whom mails are from. The built-in sender is one of this machine only.
  public var hasOwnSender: Bool { (try? Mailbox(parsing: mailFrom)) != nil }

  /// Whom mails are from: the sender that is set, else an address at the host that people type. Never whoever gets the mail: their mail
  /// server would take it for forged.
  func sender() throws -> Mailbox {
    if let own = try? Mailbox(parsing: mailFrom) { return own }
    if let there = try? EmailAddress("tandem@\(host)") { return Mailbox(there, name: "Tandem") }
    // Such as on a machine that is reached by its number only. RFC 6761: nobody ever has a name under .invalid.
    return Mailbox(try EmailAddress("tandem@localhost.invalid"), name: "Tandem")
  }

  /// The host in the address of the installation, without its port.
  var host: String {
    let host = baseURL.split(separator: "/").dropFirst().first.map(String.init) ?? "localhost"
    return String(host.prefix { $0 != ":" })
  }
}
