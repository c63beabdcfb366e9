#pragma once
// What robots are told, and what their answers mean. Built from the vendors' documents; tried against none of them.
// WeCom: developer.work.weixin.qq.com/document/path/91770 and 90313 (codes). DingTalk: open.dingtalk.com, "Custom robot
// access" and its codes.

#include <string>
#include <string_view>

#include "edge/robot/channel.h"

namespace anlan::edge {

// With what proves the sender, as of now.
std::string robot_url(const RobotChannel&, Instant now);

// At most so many octets, whole characters. "…" where something is missing: in the middle, since a warning says at its
// end what to do. The last line is kept where it is a link.
std::string shortened(std::string_view text, std::size_t longest);
std::string robot_body(const RobotChannel&, const std::string& text);

struct RobotVerdict {
  enum class Kind : std::uint8_t {
    kTaken,
    kTooFast,  // said of the robot: so it is for all that follow
    kLater,
    kRefused,  // this text
    kNoEntry,  // key, signature or robot: so it is for all
  };
  Kind kind = Kind::kLater;
  std::string reason = {};
};

// `status` 200 as a rule, whatever happened: what happened stands in the body.
RobotVerdict robot_verdict(RobotKind, int status, std::string_view body);

}  // namespace anlan::edge
