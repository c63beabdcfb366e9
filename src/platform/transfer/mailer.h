#pragma once
// Mail to a server that takes it on: SMTP (RFC 5321), by submission (RFC 6409) or as a relay.

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace anlan::transfer {

class Call;

enum class MailSecurity : std::uint8_t {
  kOptional,  // STARTTLS where the server has it: does not keep out who can change what passes
  kRequired,  // STARTTLS (RFC 3207)
  kImplicit,  // TLS from the first byte (RFC 8314)
};

struct MailSettings {
  std::string host;
  std::uint16_t port = 587;
  MailSecurity security = MailSecurity::kRequired;
  std::string account = {}, secret = {};  // empty: without AUTH
  std::string ca_file = {};               // PEM; empty: whom the machine trusts
  std::string hello = {};                 // the name that we give ourselves; empty: the machine's
  Milliseconds connecting{5'000}, patience{60'000};
};

struct MailTrouble {
  enum class Kind : std::uint8_t {
    kLine,     // no connection, no TLS, not let in: nothing to do with this mail
    kLater,    // not taken for now
    kRefused,  // not taken for good
    kLost,     // nobody knows whether the server took it
  };
  Kind kind = Kind::kLine;
  std::string what = {};  // the server's reply, or what happened instead of one
};

// Keeps its connection between mails. One thread at a time, but for interrupt().
class Mailer {
 public:
  explicit Mailer(MailSettings);
  ~Mailer();
  // To one recipient; bare addresses. `text`: head and body with CRLF, lines at most 998 octets.
  Result<Done, MailTrouble> send(const std::string& from, const std::string& to, const std::string& text);
  // What goes on now ends within about a second, and so does all that is asked later.
  void interrupt();

 private:
  const MailSettings settings_;
  const std::unique_ptr<Call> call_;
};

}  // namespace anlan::transfer
