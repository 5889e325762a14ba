/// Hands mail on. Live versions: `.smtp(settings)` and `.outbox(folder:)`; tests make their own.
public struct Mailer: Sendable {
  /// Returns when the mail is accepted by the next hop (or safely on disk); otherwise throws a `MailError`.
  public var send: @Sendable (Mail) async throws -> Void
  /// Tries the way without sending: connection, TLS, sign-in; or whether the folder can be written. Throws a `MailError`.
  public var probe: @Sendable () async throws -> Void
  /// Where mail goes, for the health page and the log. Never contains a password.
  public var summary: String

  public init(
    summary: String, send: @escaping @Sendable (Mail) async throws -> Void, probe: @escaping @Sendable () async throws -> Void
  ) {
    self.summary = summary
    self.send = send
    self.probe = probe
  }
}
