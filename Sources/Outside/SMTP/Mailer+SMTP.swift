extension Mailer {
  /// Sends to a mail server through libcurl, over at most `settings.connections` connections that are kept open between mails.
  public static func smtp(_ settings: SMTPSettings) -> Mailer {
    let pool = SMTPPool(settings)
    return Mailer(
      summary: settings.summary,
      send: { mail in try await pool.run(SMTPTask(mail)) },
      probe: { try await pool.run(.probe) })
  }
}

/// What one exchange with the server is to do.
enum SMTPTask: Sendable {
  case deliver(sender: EmailAddress, recipient: EmailAddress, message: [UInt8])
  /// Connect, secure, sign in, NOOP.
  case probe

  init(_ mail: Mail) {
    self = .deliver(sender: mail.from.address, recipient: mail.to.address, message: MIMEWriter.bytes(of: mail))
  }
}
