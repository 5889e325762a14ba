import Kit
import Store
import Web

/// Acts from a mail, without signing in: `/mail/:token`.
extension Feature {
  static let mail = Feature(
    "Mail",
    endpoints: [
      .openPage("/mail/:token", allow: .link, "mail/show", "Show what a link in a mail does", ShowMailLink.page).with {
        $0.surface = .page
      },
      .openAct(
        .post, "/mail/:token", allow: .link, "Do what a link in a mail says", form: "/mail/:token", then: { $0.destination }, ActByMail.act
      )
      .with { $0.surface = .page },
    ],
    migrations: MailLink.migrations,
    checks: [
      Check("mail links belong to the mentor of their offer", remedy: "Report it: a link must never act for somebody else.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM mail_link JOIN offer ON offer.org_id = mail_link.org_id AND offer.id = mail_link.offer_id
          WHERE offer.mentor_id <> mail_link.person_id
          """)
      }
    ],
    personalData: [
      PersonalColumn("mail_link", ["org_id", "id", "offer_id", "act", "created_at", "used_at"], .none, .keep),
      PersonalColumn("mail_link", ["person_id"], .identity, .delete),
      PersonalColumn("mail_link", ["token_hash"], .secret, .delete),
    ]
  )
}
