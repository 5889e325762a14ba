import Kit
import Web

/// Asks for an address; or for an address and a password.
struct SignInPage: Output {
  let title: String
  let lede: String
  let form: Form
  let other: Form.Link
  /// Said where no mail server is set up.
  let note: String?

  static func code(_ path: String?, _ site: Site) -> SignInPage {
    let joining = OwnPath.invitation(path)
    return SignInPage(
      title: joining == nil ? "Sign in" : "Show that your address is yours",
      lede: joining == nil
        ? "We send a code to your e-mail address. There is no password to remember." : "We send a code to it, and then you join.",
      form: Form(
        "/sign-in/code", button: "E-mail me a code",
        [
          .text("email", "E-mail address", type: "email", autocomplete: "username", inputmode: "email"),
          .hidden("return", OwnPath.checked(path)),
        ]),
      other: joining.map { Form.Link("Back to the invitation", $0) }
        ?? Form.Link("Use a password instead", "/sign-in/password" + OwnPath.query(path)), note: nil)
  }

  static func password(_ path: String?, _ site: Site) -> SignInPage {
    SignInPage(
      title: "Sign in with a password", lede: "For members who have set one.",
      form: Form(
        "/sign-in/password", button: "Sign in",
        [
          .text("email", "E-mail address", type: "email", autocomplete: "username", inputmode: "email"),
          .text("password", "Password", type: "password", autocomplete: "current-password"), .hidden("return", OwnPath.checked(path)),
        ]), other: Form.Link("E-mail me a code instead", "/sign-in" + OwnPath.query(path)), note: nil)
  }

  /// The words depend on where somebody comes from, never on whether the address has an account.
  static func enter(_ path: String?, _ site: Site) -> SignInPage {
    let joining = OwnPath.invitation(path)
    return SignInPage(
      title: "Enter the code",
      lede: joining == nil
        ? "If this address has an account, a code of 8 digits is on its way. It works for 10 minutes, in this browser."
        : """
        A code of 8 digits is on its way to the address you gave. It works for 10 minutes, in this browser. \
        If none comes, check the address, and whether the invitation still holds.
        """,
      form: Form(
        "/sign-in/verify", button: joining == nil ? "Sign in" : "Go on",
        [
          .text("code", "Code", help: "8 digits, as in 1234 5678.", autocomplete: "one-time-code", inputmode: "numeric"),
          .hidden("return", OwnPath.checked(path)),
        ]), other: Form.Link("Send another code", "/sign-in" + OwnPath.query(path)),
      note: site.settings.hasMailServer
        ? nil : "No mail server is set up here, so mails are files in the folder outbox of the installation.")
  }
}

/// Which of several organisations to sign in to.
struct ChooseOrganisationPage: Output {
  let form: Form?
  let restart: Form.Link
}
