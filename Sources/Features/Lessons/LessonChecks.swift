import Interchange
import Kit
import Store
import Web

/// What must hold of lessons, and what their tables hold about people.
enum LessonChecks {
  static let all = [
    Check("Every lesson can be read", remedy: "Restore the lesson from a backup, or import its file again.") { tx in
      try tx.values("SELECT source FROM lesson", as: String.self).count { LessonDocument.read(Array($0.utf8)).document == nil }
    },
    Check("No attempt is beyond the end of its lesson", remedy: "Tell the makers of Tandem: the player has a fault.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM attempt JOIN lesson ON lesson.org_id = attempt.org_id AND lesson.id = attempt.lesson_id
        WHERE attempt.version = lesson.version AND attempt.part > lesson.parts
        """)
    },
    Check("A finished lesson leaves no open assignment", remedy: "Open the lesson as the member and finish it again.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM assignment WHERE done_at IS NULL AND withdrawn_at IS NULL AND EXISTS (
          SELECT 1 FROM attempt WHERE attempt.org_id = assignment.org_id AND attempt.person_id = assignment.person_id
            AND attempt.lesson_id = assignment.lesson_id AND attempt.finished_at > assignment.created_at)
        """)
    },
  ]
}

extension LessonTables {
  static let personalData = [
    PersonalColumn(
      "lesson",
      [
        "org_id", "id", "slug", "language", "minutes", "parts", "origin", "state", "audience", "insight_id", "review_by", "version",
        "created_at", "updated_at", "published_at",
      ], .none, .keep),
    PersonalColumn("lesson", ["title", "source"], .content, .keep),
    PersonalColumn("lesson", ["author_id"], .identity, .keep),
    PersonalColumn("lesson", ["author_name"], .identity, .replace),
    PersonalColumn("lesson_skill", ["org_id", "lesson_id", "skill_id", "level", "position"], .none, .keep),
    PersonalColumn(
      "attempt",
      [
        "org_id", "id", "person_id", "lesson_id", "version", "part", "started_at", "seen_at", "finished_at", "right_answers",
        "scored_answers",
      ],
      .behaviour, .delete),
    PersonalColumn("attempt_answer", ["org_id", "attempt_id", "part", "credit", "answered_at"], .behaviour, .delete),
    PersonalColumn("attempt_answer", ["answer"], .content, .delete),
  ]
}
