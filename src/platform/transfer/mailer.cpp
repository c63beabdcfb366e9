#include "platform/transfer/mailer.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "platform/transfer/call.h"

namespace anlan::transfer {
namespace {

using Kind = MailTrouble::Kind;

// How far the dialogue went, as it was heard.
struct Dialogue {
  std::string_view text;  // what of it is still to be read
  std::string stage = {}, reply = {};
  bool body = false, parted = false;

  int code() const { return reply.size() < 3 ? 0 : std::atoi(reply.substr(0, 3).c_str()); }
};

std::size_t give(char* room, std::size_t, std::size_t size, void* dialogue) {
  auto& d = *static_cast<Dialogue*>(dialogue);
  d.body = true;
  const std::size_t count = d.text.copy(room, size);
  d.text.remove_prefix(count);
  return count;
}

// Commands by their first word; of replies the last. What is said in parting is about no mail.
int overhear(CURL*, curl_infotype type, char* bytes, std::size_t size, void* dialogue) {
  auto& d = *static_cast<Dialogue*>(dialogue);
  const std::string_view said(bytes, size);
  if (type == CURLINFO_HEADER_OUT) {
    d.parted = d.parted || said.starts_with("QUIT");
    if (!d.parted) d.stage = said.substr(0, 4);
  }
  if (type == CURLINFO_HEADER_IN && !d.parted) d.reply = said.substr(0, said.find_last_not_of("\r\n") + 1);
  return 0;
}

// 5xx to a command that is not about this mail is said of the line; so is a refused sender, but for a mail that is too
// large (552).
MailTrouble trouble_of(const Dialogue& d, const std::string& what) {
  const int code = d.code();
  const bool about_mail = d.body || d.stage == "RCPT" || d.stage == "DATA" || (d.stage == "MAIL" && code == 552);
  if (about_mail && code >= 500) return {Kind::kRefused, d.reply};
  if ((about_mail || d.stage == "MAIL") && code >= 400)
    return {d.stage == "MAIL" && code >= 500 ? Kind::kLine : Kind::kLater, d.reply};
  if (d.body) return {Kind::kLost, what};
  return {Kind::kLine, code >= 400 ? d.reply : what};
}

}  // namespace

Mailer::Mailer(MailSettings settings) : settings_(std::move(settings)), call_(std::make_unique<Call>()) {}
Mailer::~Mailer() = default;
void Mailer::interrupt() { call_->interrupt(); }

Result<Done, MailTrouble> Mailer::send(const std::string& from, const std::string& to, const std::string& text) {
  const bool implicit = settings_.security == MailSecurity::kImplicit;
  const std::string url = (implicit ? "smtps://" : "smtp://") + settings_.host + ":" + std::to_string(settings_.port) +
                          "/" + settings_.hello;
  Dialogue dialogue{.text = text};
  List recipients(nullptr, curl_slist_free_all);
  append(recipients, to);
  call_->begin(settings_.connecting, settings_.patience, settings_.ca_file);
  call_->set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  call_->set(CURLOPT_URL, url.c_str());
  call_->set(CURLOPT_USE_SSL,
             static_cast<long>(settings_.security == MailSecurity::kOptional ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (!settings_.account.empty()) {
    call_->set(CURLOPT_USERNAME, settings_.account.c_str());
    call_->set(CURLOPT_PASSWORD, settings_.secret.c_str());
  }
  call_->set(CURLOPT_MAIL_FROM, from.c_str());
  call_->set(CURLOPT_MAIL_RCPT, recipients.get());
  call_->set(CURLOPT_UPLOAD, 1L);
  call_->set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(text.size()));
  call_->set(CURLOPT_READFUNCTION, &give);
  call_->set(CURLOPT_READDATA, &dialogue);
  call_->set(CURLOPT_DEBUGFUNCTION, &overhear);
  call_->set(CURLOPT_DEBUGDATA, &dialogue);
  call_->set(CURLOPT_VERBOSE, 1L);
  const CURLcode code = call_->perform();
  if (code == CURLE_OK) return Done{};
  return trouble_of(dialogue, call_->what(code));
}

}  // namespace anlan::transfer
