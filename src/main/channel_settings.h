#pragma once
// The channels of a site, by which messages go out: [[channel]] of its configuration. Keys: docs/how-to/channels.md.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "edge/loudspeaker/channel.h"
#include "edge/mail/channel.h"
#include "edge/robot/channel.h"
#include "edge/sandbox/channel.h"
#include "edge/sms/gateway.h"
#include "edge/webhook/channel.h"
#include "main/mistake.h"
#include "notify/notices.h"

namespace anlan {

class TomlRow;

using GatewaySettings = std::variant<edge::SmsChannel, edge::MailChannel, edge::RobotChannel, edge::WebhookChannel,
                                     edge::LoudspeakerChannel, edge::SandboxChannel>;

struct ChannelSettings {
  std::string protocol;  // "cmpp", "smtp", …: as the file names it
  notify::Way way;
  GatewaySettings gateway;
  // Files that hold secrets, one line each, by the setting that they are for.
  std::vector<std::pair<std::string, std::string>> secret_files;
  Place place;
};

// One row, whole or with mistakes.
std::optional<ChannelSettings> read_channel(TomlRow&);

// Reads what its files hold, and looks whether the protocol can do with all of it. Nothing is contacted.
Mistakes complete(ChannelSettings&);

// Channels for drills that would reach what a channel of the real world reaches, or whose keys hold there. Of complete
// ones.
Mistakes mixed_worlds(const std::vector<ChannelSettings>&);

// With a sandbox for each kind of which the site has no channel for drills: it sends to nobody and behaves as real
// gateways do.
std::vector<ChannelSettings> with_sandboxes(std::vector<ChannelSettings>);

// The outbox is of the world of the channel.
std::unique_ptr<outbox::Gateway> serve(const ChannelSettings&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan
