#include "journal/credentials.h"

namespace anlan::journal {

// Replaces what was kept under the same subject: there is one password, not a history.
void keep_credential(sql::Connection& sql, std::string_view subject, std::string_view secret) {
  sql.prepare(
         "INSERT INTO credential (subject, secret) VALUES (?, ?) "
         "ON CONFLICT (subject) DO UPDATE SET secret = excluded.secret")
      .bind(subject)
      .bind(secret)
      .run();
}

void drop_credential(sql::Connection& sql, std::string_view subject) {
  sql.prepare("DELETE FROM credential WHERE subject = ?").bind(subject).run();
}

std::optional<std::string> credential(sql::Connection& sql, std::string_view subject) {
  auto& row = sql.prepare("SELECT secret FROM credential WHERE subject = ?");
  row.bind(subject);
  if (!row.step()) return std::nullopt;
  std::string secret(row.text(0));
  row.step();
  return secret;
}

}  // namespace anlan::journal
