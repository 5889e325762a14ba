import Kit
import Outside
import Testing

@Suite("Mail settings")
struct SMTPSettingsTests {
  @Test(
    "a URL says how the connection is made safe",
    arguments: [
      ("smtp+starttls://mail.example.org", SMTPSettings.Security.startTLS, "mail.example.org", 587),
      ("smtp+starttls://mail.example.org:2525/", .startTLS, "mail.example.org", 2525),
      ("smtps://Mail.example.org", .tls, "mail.example.org", 465), ("smtp://localhost", .none, "localhost", 25),
      ("smtp://127.0.0.1:1025", .none, "127.0.0.1", 1025), ("smtp://[::1]:1025", .none, "::1", 1025),
    ])
  func taken(url: String, security: SMTPSettings.Security, host: String, port: Int) throws {
    let settings = try SMTPSettings(url: url)
    #expect(settings.security == security && settings.host == host && settings.port == port)
  }

  @Test(
    "mail without encryption stays on this machine",
    arguments: [
      "smtp://mail.example.org", "smtp://10.0.0.1", "smtp://127.0.0.1.example.org", "smtp://localhost.example.org", "smtp://128.0.0.1",
      "smtp://127.1", "smtp://0.0.0.0",
    ])
  func plain(url: String) {
    #expect(throws: SMTPSettings.Fault.plainOnlyOnLoopback) { try SMTPSettings(url: url) }
  }

  @Test(
    "what is not such a URL is refused",
    arguments: [
      "", "mail.example.org", "http://mail.example.org", "smtps://", "smtps://a:0", "smtps://a:65536", "smtps://a/path", "smtps://a?x=1",
      "smtps://a\r\nb", "smtps://a b", "file:///etc/passwd",
    ])
  func refused(url: String) {
    #expect(throws: SMTPSettings.Fault.url) { try SMTPSettings(url: url) }
  }

  @Test("a password has no place in the URL and does not show in texts")
  func credentials() throws {
    #expect(throws: SMTPSettings.Fault.credentialsInURL) { try SMTPSettings(url: "smtps://tandem:hunter2@mail.example.org") }
    let settings = try SMTPSettings(url: "smtps://mail.example.org", username: "tandem", password: Secret("hunter2"))
    #expect(settings.summary == "smtps://mail.example.org:465 as tandem")
    #expect(!"\(settings) \(String(reflecting: settings))".contains("hunter2"))
  }
}
