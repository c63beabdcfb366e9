#include "edge/mail/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/crypto/hmac.h"

namespace anlan::edge {
namespace {

constexpr std::size_t kWord = 39;  // octets of an encoded word, so that a line of the head has at most 76 (RFC 2047 §2)
constexpr std::size_t kLongestSubject = 240;

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// At most so many octets off the front, whole characters.
std::string_view characters(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && (utf8[most] & 0xc0) == 0x80) --most;
  return utf8.substr(0, most);
}

// RFC 2047 §4.1; each word is whole characters (§5).
std::string encoded(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    const auto word = characters(text, kWord);
    text.remove_prefix(word.size());
    words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + crypto::to_base64(crypto::bytes_of(word)) + "?=";
  }
  return words;
}

std::string unstructured(const std::string& text) {
  return is_printable(text) && text.size() <= kWord && !text.starts_with("=?") ? text : encoded(text);
}

// A name before an address: what is more than atoms (RFC 5322 §3.2.3) is encoded too.
std::string phrase(const std::string& name) {
  const bool atoms = std::all_of(name.begin(), name.end(), [](char c) { return is_alphanumeric(c) || c == ' '; });
  return atoms && name.size() <= kWord ? name : encoded(name);
}

std::string date(Instant now) {
  static constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const ChinaTime t = china_time(now);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0800", kDays.at(t.weekday), t.day, kMonths.at(t.month - 1),
                     t.year, t.hour, t.minute, t.second);
}

// RFC 5322 §3.6.4: what is no atom's goes as "=" and its number.
std::string message_id(const std::string& key, std::string_view from) {
  std::string left;
  for (const char c : key) {
    if (is_alphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '/') {
      left += c;
    } else {
      left += fmt::format("={:02X}", static_cast<unsigned char>(c));
    }
  }
  return fmt::format("<{}@{}>", left, from.substr(from.find('@') + 1));
}

std::string body(const std::string& text) {
  const std::string coded = crypto::to_base64(crypto::bytes_of(text));
  std::string lines;
  for (std::size_t at = 0; at < coded.size(); at += 76) lines += coded.substr(at, 76) + "\r\n";
  return lines;
}

}  // namespace

std::string mail_subject(std::string_view text) {
  std::string line(characters(text.substr(0, text.find_first_of("\r\n")), kLongestSubject));
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return line;
}

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= 254 && is_printable(text) &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" <>\"()\\,;:[]") == std::string_view::npos;
}

std::string mail_text(const MailChannel& channel, const outbox::Taken& taken, Instant now) {
  std::string head;
  const auto field = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) head.append(name).append(": ").append(value).append("\r\n");
  };
  field("Date", date(now));
  field("From", channel.from_name.empty() ? channel.from : phrase(channel.from_name) + " <" + channel.from + ">");
  field("To", taken.address);
  field("Subject", unstructured(mail_subject(taken.text)));
  field("Message-ID", message_id(taken.key, channel.from));
  field("Auto-Submitted", "auto-generated");  // RFC 3834: no machine answers it
  if (!channel.list_id.empty()) field("List-Id", "<" + channel.list_id + ">");
  if (!channel.unsubscribe.empty()) field("List-Unsubscribe", "<" + channel.unsubscribe + ">");
  field("MIME-Version", "1.0");
  field("Content-Type", "text/plain; charset=utf-8");
  field("Content-Transfer-Encoding", "base64");
  return head + "\r\n" + body(taken.text);
}

}  // namespace anlan::edge
