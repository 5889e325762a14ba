import Store
import Web

/// What must hold of sessions whatever happened.
enum SessionChecks {
  static let all = [
    Check("nobody is in two sessions at once", remedy: "Move or cancel one of the two sessions, then run the check again.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM occupancy AS a JOIN occupancy AS b ON a.org_id = b.org_id AND a.person_id = b.person_id
          AND a.session_id < b.session_id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
        """)
    },
    Check("time is taken by held and booked sessions only", remedy: "Remove the rows of occupancy whose session is over or cancelled.") {
      tx in
      try tx.count(
        """
        SELECT count(*) FROM occupancy JOIN session ON session.org_id = occupancy.org_id AND session.id = occupancy.session_id
        WHERE session.state NOT IN ('held', 'booked') OR occupancy.person_id NOT IN (session.mentor_id, session.mentee_id)
          OR (session.state = 'booked') <> (occupancy.until IS NULL)
        """)
    },
    Check("a held or booked session takes the time of both", remedy: "Cancel the session and book it again.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM session WHERE state IN ('held', 'booked') AND (SELECT count(*) FROM occupancy
          WHERE occupancy.org_id = session.org_id AND occupancy.session_id = session.id AND occupancy.starts_at <= session.starts_at
            AND occupancy.ends_at >= session.ends_at) <> 2
        """)
    },
    Check("states of sessions are true to what is known of them", remedy: "Report this with the session's id.") { tx in
      try tx.count(
        """
        SELECT count(*) FROM session WHERE (state = 'held' AND held_until IS NULL) OR (state = 'wrapped' AND (SELECT count(*) FROM wrap_up
          WHERE wrap_up.org_id = session.org_id AND wrap_up.session_id = session.id) < 2)
          OR (state = 'no_show' AND NOT EXISTS (SELECT 1 FROM attendance WHERE attendance.org_id = session.org_id
            AND attendance.session_id = session.id AND attendance.state = 'absent'))
        """)
    },
  ]
}
