import Kit
import Store
import Web

/// A secret address in a mail that does one act for one person on one offer. 256 random bits, of which only a hash is kept.
struct MailLink: Sendable, RowDecodable {
  enum Act: String, Choice, Bindable {
    case accept
    case otherTime = "other_time"
    case askFirst = "ask_first"
    case passOn = "pass_on"
  }

  let org: ID<Organisation>
  let id: ID<MailLink>
  let offer: ID<Offer>
  let person: ID<Person>
  let act: Act
  let isUsed: Bool

  static let migrations = [
    Migration(
      "mail/1",
      [
        """
        CREATE TABLE mail_link (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, token_hash TEXT NOT NULL UNIQUE, offer_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
          act TEXT NOT NULL CHECK (act IN ('accept', 'other_time', 'ask_first', 'pass_on')), created_at BIGINT NOT NULL, used_at BIGINT,
          PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, offer_id) REFERENCES offer (org_id, id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX mail_link_offer ON mail_link (org_id, offer_id)",
      ])
  ]

  init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    offer = try row("offer_id")
    person = try row("person_id")
    act = try row("act")
    isUsed = try row.optional("used_at", as: Instant.self) != nil
  }

  /// Makes a link and returns its token, which is nowhere kept.
  static func make(_ offer: Offer, _ act: Act, _ tx: Transaction, _ world: World) throws -> String {
    let token = Token.make(world)
    try tx.run(
      """
      INSERT INTO mail_link (org_id, id, token_hash, offer_id, person_id, act, created_at)
      VALUES (\(offer.org), \(world.id() as ID<MailLink>), \(Token.hash(token)), \(offer.id), \(offer.mentor), \(act), \(world.now()))
      """)
    return token
  }

  /// The link of a token with its mentor, who must still be an active member.
  static func find(_ token: String, _ tx: Transaction) throws -> (link: MailLink, mentor: Addressee) {
    let link: MailLink? = try tx.first(
      "SELECT org_id, id, offer_id, person_id, act, used_at FROM mail_link WHERE token_hash = \(Token.hash(token))")
    guard let link, let mentor = try Addressee.find(link.person, org: link.org, tx), mentor.isActive else { throw Problem.notFound }
    return (link, mentor)
  }
}
