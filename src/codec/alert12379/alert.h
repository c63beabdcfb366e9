#pragma once
// A warning in the form of the national system for emergency warnings (国家突发事件预警信息发布系统, "12379").
//
// How sure: the element names, their values and which are required follow a published digest of the system's rules for
// messages (§6 of them), one real message (Henan, 5 February 2020) and one program that writes them. The texts of GB/T
// 34283-2017 and GB/T 35965.1/.2-2018 were not read. What they do not settle is marked [open] below.
//
// Texts are without white space at their ends. An element that is there but empty is the same as none: members are then
// empty.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/time.h"
#include "codec/cap/alert.h"

namespace anlan::alert12379 {

// One way by which the warning is to go out, of code/method.
struct Method {
  std::string method_name;     // SMS, SPEAKER, WEB, LED, WEIBO, WEIXIN, FAX, TV, PHONE, EMAIL, BROADCAST and others
  std::string message;         // empty: the description
  std::string audience_group;  // audienceGrp: identifiers of groups, each followed by a comma
  std::string audience;        // audenceprt, spelt so: single recipients
  bool operator==(const Method&) const = default;
};

struct Circle {
  LngLat center;
  double radius_m = 0;  // metres; 0 is a point. CAP has kilometres.
  bool operator==(const Circle&) const = default;
};

// [open] The order within a pair. Read: whichever puts the pair between 3 and 54 degrees north and 73 and 136 degrees
// east, which no place in China does both ways. Written: latitude first, as CAP.
struct Area {
  std::string area_desc;
  std::vector<Ring> polygon;
  std::vector<std::vector<LngLat>> line;  // a polygon whose last point is not its first: a river, a road
  std::vector<Circle> circle;
  std::vector<std::string> geocode;  // divisions of 12 digits; the real message names one twice, kept once
  bool operator==(const Area&) const = default;
};

// A file sent beside the message.
struct Resource {
  std::string resource_desc;         // its name
  std::optional<std::int64_t> size;  // bytes
  std::string digest;                // SHA-1
  bool operator==(const Resource&) const = default;
};

// Words of the rules: urgency Immediate Expected Future Past Unknown; severity Red Orange Yellow Blue Unknown;
// certainty Observed VeryLikely Likely Possible Unlikely Unknown. urgency and certainty are always Unknown so far.
struct Info {
  std::string language;    // zh-CN where there is none
  std::string event_type;  // GB/T 35561: "11B06"
  std::string urgency, severity, certainty;
  std::optional<Instant> effective, onset, expires;  // whole seconds
  std::string sender_name;                           // the person who signed
  std::string headline, description, instruction, web;
  std::vector<Resource> resource;
  std::vector<Area> area;
  bool operator==(const Info&) const = default;
};

// status: Actual Exercise Test Draft, of which Actual and Test are in use. msgType: Alert Update Cancel Ack Error, the
// last two not in use. scope: Public Restricted Private, of which Public is in use.
struct Alert {
  std::string identifier;   // see Identifier
  std::string sender;       // full name of the organisation
  std::string sender_code;  // its 14 digits
  std::optional<Instant> send_time;
  std::string status, msg_type, scope;
  std::vector<Method> code;
  std::string sec_classification;  // None, Inner
  std::string note;                // of a Cancel: why
  std::string references;          // of an Update or Cancel: the identifier of the first alert
  std::vector<Info> info;
  bool operator==(const Alert&) const = default;
};

// ZZZZZZDDDUUUXX_YYYYMMDDhhmmss and sometimes _N: division, organisation (GB/T 4657; 416 is meteorology), unit, two
// digits more, when it was entered in China's time.
struct Identifier {
  std::string division, organisation, unit, rest;
  Instant entered;
  std::optional<int> number;
};
std::optional<Identifier> identifier(std::string_view);

// "41000041600000_20200205105119_11B06_BLUE_Update.xml"; of the first info.
std::string file_name(const Alert&);

// As a CAP alert of version 1.2, for what reads those: eventType as event and eventCode, colours by our convention (Red
// Extreme, Orange Severe, Yellow Moderate, Blue Minor), times with T and offset, kilometres, divisions as geocodes,
// VeryLikely as Likely. Left empty is what the form has not: category. A line becomes no area.
cap::Alert as_cap(const Alert&);

}  // namespace anlan::alert12379
