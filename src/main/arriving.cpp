#include "main/arriving.h"

#include "edge/mail/message.h"
#include "edge/robot/request.h"

namespace anlan {
namespace {

Arriving by(const edge::SmsChannel& channel, const std::string& text) {
  return {{}, text, edge::parts_of(channel, text)};
}
Arriving by(const edge::MailChannel&, const std::string& text) { return {edge::mail_subject(text), text, {}}; }
Arriving by(const edge::RobotChannel& channel, const std::string& text) {
  return {{}, edge::shortened(text, channel.longest), {}};
}
template <class Channel>
Arriving by(const Channel&, const std::string& text) {
  return {{}, text, {}};
}

}  // namespace

Arriving arriving(const ChannelSettings& channel, const std::string& text) {
  if (std::holds_alternative<edge::SandboxChannel>(channel.gateway)) {
    if (channel.way.kind == "sms") return by(edge::SmsChannel{}, text);
    if (channel.way.kind == "mail") return by(edge::MailChannel{}, text);
    if (channel.way.kind == "group") return by(edge::RobotChannel{}, text);
  }
  return std::visit([&](const auto& gateway) { return by(gateway, text); }, channel.gateway);
}

}  // namespace anlan
