#include "edge/robot/request.h"

#include <algorithm>

#include "base/text.h"
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "platform/crypto/hmac.h"

namespace anlan::edge {
namespace {

using Kind = RobotVerdict::Kind;

constexpr std::string_view kEllipsis = "…";

std::string_view characters(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && (utf8[most] & 0xc0) == 0x80) --most;
  return utf8.substr(0, most);
}

std::string_view last_characters(std::string_view utf8, std::size_t most) {
  std::size_t begin = utf8.size() - std::min(most, utf8.size());
  while (begin < utf8.size() && (utf8[begin] & 0xc0) == 0x80) ++begin;
  return utf8.substr(begin);
}

// RFC 3986 §2.3
std::string percent_encoded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    plain ? void(result += c) : void(result += fmt::format("%{:02X}", static_cast<unsigned char>(c)));
  }
  return result;
}

// The last line with the line feed before it, where it is a link.
std::string_view last_link(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto at = text.rfind('\n');
  if (at == std::string_view::npos) return {};
  const auto line = text.substr(at + 1);
  const bool link = line.find("https://") != std::string_view::npos || line.find("http://") != std::string_view::npos;
  return link ? text.substr(at) : std::string_view();
}

struct Meaning {
  std::int64_t code;
  Kind kind;
};

// -1: the service is busy. WeCom 45009, 45033: too many calls; 93000, 93004, 93008, 40058 of the key: the address is
// none, the robot was taken out; 44004, 40008: the text.
constexpr Meaning kWecom[] = {{0, Kind::kTaken},       {-1, Kind::kLater},      {45009, Kind::kTooFast},
                              {45033, Kind::kTooFast}, {93000, Kind::kNoEntry}, {93004, Kind::kNoEntry},
                              {93008, Kind::kNoEntry}, {93017, Kind::kNoEntry}};
// 130101, 410100: too many calls; 310000: signature, words or address that the robot asks for; 300001, 400101, 400102,
// 400013, 40035: token, robot or group.
constexpr Meaning kDingtalk[] = {{0, Kind::kTaken},        {-1, Kind::kLater},       {130101, Kind::kTooFast},
                                 {410100, Kind::kTooFast}, {310000, Kind::kNoEntry}, {300001, Kind::kNoEntry},
                                 {400101, Kind::kNoEntry}, {400102, Kind::kNoEntry}, {400013, Kind::kNoEntry}};

Kind meaning_of(RobotKind robot, std::int64_t code) {
  const std::span<const Meaning> known = robot == RobotKind::kWecom ? std::span<const Meaning>(kWecom) : kDingtalk;
  const auto found = std::find_if(known.begin(), known.end(), [&](const Meaning& m) { return m.code == code; });
  return found == known.end() ? Kind::kRefused : found->kind;
}

}  // namespace

std::string robot_url(const RobotChannel& channel, Instant now) {
  if (channel.kind == RobotKind::kWecom) {
    const std::string service = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send";
    return (channel.service.empty() ? service : channel.service) + "?key=" + percent_encoded(channel.key);
  }
  const std::string service = "https://oapi.dingtalk.com/robot/send";
  const std::string url =
      (channel.service.empty() ? service : channel.service) + "?access_token=" + percent_encoded(channel.key);
  if (channel.secret.empty()) return url;
  const std::string timestamp = std::to_string(to_ms(now));
  const auto sign = crypto::to_base64(crypto::hmac_sha256(channel.secret, timestamp + "\n" + channel.secret));
  return url + "&timestamp=" + timestamp + "&sign=" + percent_encoded(sign);
}

std::string shortened(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return std::string(text);
  const std::string_view link = last_link(text);
  const std::size_t room = longest - kEllipsis.size();
  const auto end = link.size() > room / 3 && link.size() < room ? link : last_characters(text, room / 3);
  return std::string(characters(text, room - end.size())).append(kEllipsis).append(end);
}

std::string robot_body(const RobotChannel& channel, const std::string& text) {
  std::string body = "{\"msgtype\":\"text\",\"text\":{\"content\":";
  json::write_text(body, shortened(text, channel.longest));
  return body + "}}";
}

RobotVerdict robot_verdict(RobotKind robot, int status, std::string_view body) {
  const auto value = json::parse(body);
  const auto* object = value.ok() ? value->if_object() : nullptr;
  const auto* code = object != nullptr ? object->if_contains("errcode") : nullptr;
  if (code == nullptr || !code->is_int64())
    return {status == 429 ? Kind::kTooFast : Kind::kLater, fmt::format("HTTP {}", status)};
  const auto* told = object->if_contains("errmsg");
  const std::string words = told != nullptr && told->is_string() ? std::string(told->get_string()) : std::string();
  return {meaning_of(robot, code->get_int64()),
          fmt::format("{} {}", code->get_int64(), characters(without_controls(words), 200))};
}

}  // namespace anlan::edge
