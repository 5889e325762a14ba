import Jobs
import Kit
import Store
import Web

/// Organisations and their people: setup, sign-in, invites, tokens.
extension Feature {
  static let accounts = Feature(
    "Accounts",
    endpoints: setup + signIn + invites + ownAccess,
    migrations: AccountTables.migrations,
    jobs: { _ in [MailSignInCode.handler, SweepAccounts.handler] },
    schedule: [ScheduledJob("sweep-accounts", every: .hours(1), SweepAccounts())],
    checks: AccountChecks.all,
    personalData: AccountTables.personalData
  )

  private static let setup: [Endpoint] = [Setup.page, Setup.endpoint]

  private static let signIn: [Endpoint] = [
    .openPage("/sign-in", "accounts/sign-in", "Sign in") { (_, visitor, _, input: ReturnPath) in
      SignInPage.code(input.return, visitor.site)
    }.with { $0.surface = .page },
    .openPage("/sign-in/code", "accounts/sign-in", "Enter the code") { (_, visitor, _, input: ReturnPath) in
      SignInPage.enter(input.return, visitor.site)
    }.with { $0.surface = .page },
    .openPage("/sign-in/password", "accounts/sign-in", "Sign in with a password") { (_, visitor, _, input: ReturnPath) in
      SignInPage.password(input.return, visitor.site)
    }.with { $0.surface = .page },
    AskForCode.endpoint, EnterCode.endpoint, SignInWithPassword.endpoint, ChooseOrganisation.page, ChooseOrganisation.endpoint,
    SignOut.endpoint,
  ]

  private static let invites: [Endpoint] = [
    .page("/invites", ListInvites.self, allow: .manager, "accounts/invites", "List invitations"),
    InviteByMail.page,
    .act(.post, "/invites", InviteByMail.self, allow: .manager, "Invite somebody by e-mail", form: "/invites/new", creates: true) {
      Destination("/invites", say: "The invitation to \($0.email) is on its way.")
    },
    InviteByLink.page, InviteByLink.endpoint,
    .act(.post, "/invites/:invite/revoke", RevokeInvite.self, allow: .manager, "Revoke an invitation") { _ in
      Destination("/invites", say: "The invitation has ended.")
    },
    Join.page, Join.endpoint,
  ]

  private static let ownAccess: [Endpoint] = [
    .page("/you/sessions", ListOwnSessions.self, "accounts/sessions", "List your sessions"),
    .act(.post, "/you/sessions/end-others", EndOtherSessions.self, "End your other sessions") { _ in
      Destination("/you/sessions", say: "All other browsers are signed out.")
    },
    .act(.post, "/you/sessions/:session/end", EndOwnSession.self, "End one of your sessions") { _ in
      Destination("/you/sessions", say: "That browser is signed out.")
    },
    ChangePassword.page, ChangePassword.endpoint,
    .page("/you/tokens", ListOwnTokens.self, "accounts/tokens", "List your API tokens"),
    MakeOwnToken.page, MakeOwnToken.endpoint,
    .act(.post, "/you/tokens/:token/revoke", RevokeOwnToken.self, "Revoke an API token") { _ in
      Destination("/you/tokens", say: "The token has ended.")
    },
  ]
}
