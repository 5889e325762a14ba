import Kit
import Store
import Web

/// Organisations and their people: setup, sign-in, invites, tokens.
extension Feature {
  static let accounts = Feature(
    "Accounts",
    endpoints: [],
    migrations: AccountTables.migrations
  )
}
