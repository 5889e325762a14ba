import Foundation
import Kit
import Store
import Web

/// Sets the address at which people open Tandem. It is taken only from a browser that is there, so that nobody locks themselves out.
struct ChangeAddress: Input {
  var address: String
  static let rules: [String: Rule] = ["address": .text(1...200)]

  struct Result: Output {
    let address: String
  }

  static func endpoint(_ path: String, form: String) -> Endpoint {
    Endpoint.custom(
      .post, path, allow: .admin, "Set the address that people open", input: ChangeAddress.self, output: .of(Result.self)
    ) { call, input in
      let site = call.site
      let address = try await call.writing { tx in
        let viewer = try call.admit(tx)
        try InstallationSettings.admit([.address], field: "address", tx, site)
        let address = try input.checked(openedAt: call.headers[.origin])
        try InstallationSettings.set(.address, address, tx, site)
        try tx.record(viewer, "installation.address_changed", viewer.org, ["address": address], site.world)
        return address
      }
      let before = site.settings
      try await site.followSettings()
      var answer = try Answer.acted(Result(address: address), Destination(form, say: "Saved. Links in mails begin with it from now on."))
      // The cookie has another name under https; whoever changes the address stays signed in.
      if before.sessionCookie != site.settings.sessionCookie, let token = call.cookies[before.sessionCookie] {
        answer = answer.cookie(SignInSession.cookie(token, site.settings))
      }
      return answer
    }.with { $0.form = form }
  }

  /// The address as it is kept: `https://tandem.example.org`, without a slash at its end.
  func checked(openedAt origin: String?) throws -> String {
    guard let parts = URLComponents(string: address.trimmed), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil, parts.query == nil,
      parts.fragment == nil, parts.path.isEmpty || parts.path == "/"
    else { throw Problem.invalid("address", "Write it as https://tandem.example.org, without anything after it.") }
    guard scheme == "https" || ["127.0.0.1", "localhost", "[::1]"].contains(host) else {
      throw Problem.invalid("address", "Use https. Plain http is for this machine only.")
    }
    let address = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    if let origin, origin != address {
      throw Problem.invalid("address", "You are at \(origin). Open this page at \(address), which shows that it leads here, then save it.")
    }
    return address
  }

  static func form(_ action: String, _ site: Site) -> Form {
    Form(
      action, button: "Save address", id: "address",
      [
        .text(
          "address", "Address", value: site.settings.baseURL,
          help: "Links in mails begin with it. It is taken only while you are there yourself, so that it surely leads here.", type: "url",
          inputmode: "url", max: 200)
      ])
  }
}
