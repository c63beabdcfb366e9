#pragma once
// What the duty desk gets from an alert: the one information block it reads, its times and its places, ready to become
// an incident candidate and to be drawn on the map.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/time.h"
#include "codec/cap/alert.h"

namespace anlan::cap {

struct CircleArea {
  LngLat center;
  double radius_m = 0;
  Ring ring;  // 64 points on the ground around the centre, closed; empty where the radius is 0
};

struct Candidate {
  std::string identifier, sender, sender_name;
  std::string status, msg_type;         // Actual, Exercise, System, Test, Draft; Alert, Update, Cancel, Ack, Error
  std::vector<std::string> references;  // identifiers of the earlier alerts, in the order written
  std::optional<Instant> sent, effective, onset, expires;
  std::string language, headline, description, instruction, web, contact;
  std::string event;
  std::string event_code;  // five characters of GB/T 35561 ("11B06") as the national 12379 platform uses; or empty
  std::vector<std::string> category;
  std::string urgency, severity, certainty;
  std::string area_desc;  // of all areas, in order, one a line
  std::vector<Ring> rings;
  std::vector<CircleArea> circles;
};

// The block that a desk reads: of several the first in Chinese, else the first in English, else the first; null where
// there is none.
const Info* preferred(const std::vector<Info>&);

// From a valid alert and its preferred block, with the places of that block. Without any block only the alert's own
// members are filled.
Candidate candidate(const Alert&);

// The form of GB/T 35561: five characters, the first a 1.
bool is_event_code(std::string_view);

}  // namespace anlan::cap
