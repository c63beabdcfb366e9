#pragma once
// A CAP alert as a value: every element of CAP 1.1 and 1.2 (OASIS, sections 3.2.1 to 3.2.4) under its own name.
//
// Texts are stripped of white space at their ends and otherwise as written, code values in the standard's spelling.
// Where an element is optional its member may be absent; a required member is empty only in an alert that is not valid.
// The order of the members is the order of the schema and of the JSON form.

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/fields.h"
#include "base/geometry.h"

namespace anlan::cap {

// An eventCode, parameter or geocode.
struct NamedValue {
  std::string value_name, value;
  static constexpr auto fields = std::tuple{field("valueName", &NamedValue::value_name),  //
                                            field("value", &NamedValue::value)};
};

struct Circle {
  LngLat center;
  double radius_km = 0;
  static constexpr auto fields = std::tuple{field("center", &Circle::center), field("radiusKm", &Circle::radius_km)};
};

struct Resource {
  std::string resource_desc;
  std::optional<std::string> mime_type;
  std::optional<std::int64_t> size;  // bytes
  std::optional<std::string> uri, deref_uri, digest;
  static constexpr auto fields = std::tuple{field("resourceDesc", &Resource::resource_desc),
                                            field("mimeType", &Resource::mime_type),
                                            field("size", &Resource::size),
                                            field("uri", &Resource::uri),
                                            field("derefUri", &Resource::deref_uri),
                                            field("digest", &Resource::digest)};
};

// Places are WGS-84 in the standard; taken as CGCS2000, which differs by centimetres. A polygon or circle that breaks
// the standard's syntax is reported by read() and absent here.
struct Area {
  std::string area_desc;
  std::vector<Ring> polygon;
  std::vector<Circle> circle;
  std::vector<NamedValue> geocode;
  std::optional<double> altitude, ceiling;  // feet above mean sea level
  static constexpr auto fields = std::tuple{field("areaDesc", &Area::area_desc), field("polygon", &Area::polygon),
                                            field("circle", &Area::circle),      field("geocode", &Area::geocode),
                                            field("altitude", &Area::altitude),  field("ceiling", &Area::ceiling)};
};

struct Info {
  std::optional<std::string> language;  // absent or empty means en-US
  std::vector<std::string> category;
  std::string event;
  std::vector<std::string> response_type;
  std::string urgency, severity, certainty;
  std::optional<std::string> audience;
  std::vector<NamedValue> event_code;
  std::optional<std::string> effective, onset, expires;  // as written; see moment() in codec/cap/values.h
  std::optional<std::string> sender_name, headline, description, instruction, web, contact;
  std::vector<NamedValue> parameter;
  std::vector<Resource> resource;
  std::vector<Area> area;
  static constexpr auto fields = std::tuple{field("language", &Info::language),
                                            field("category", &Info::category),
                                            field("event", &Info::event),
                                            field("responseType", &Info::response_type),
                                            field("urgency", &Info::urgency),
                                            field("severity", &Info::severity),
                                            field("certainty", &Info::certainty),
                                            field("audience", &Info::audience),
                                            field("eventCode", &Info::event_code),
                                            field("effective", &Info::effective),
                                            field("onset", &Info::onset),
                                            field("expires", &Info::expires),
                                            field("senderName", &Info::sender_name),
                                            field("headline", &Info::headline),
                                            field("description", &Info::description),
                                            field("instruction", &Info::instruction),
                                            field("web", &Info::web),
                                            field("contact", &Info::contact),
                                            field("parameter", &Info::parameter),
                                            field("resource", &Info::resource),
                                            field("area", &Info::area)};
};

struct Alert {
  std::string version;  // "1.1" or "1.2", from the namespace
  std::string identifier, sender, sent, status, msg_type;
  std::optional<std::string> source;
  std::string scope;
  std::optional<std::string> restriction, addresses;
  std::vector<std::string> code;
  std::optional<std::string> note, references, incidents;
  std::vector<Info> info;
  bool signature = false;  // an XML signature is present; it is not verified here
  static constexpr auto fields = std::tuple{field("version", &Alert::version),
                                            field("identifier", &Alert::identifier),
                                            field("sender", &Alert::sender),
                                            field("sent", &Alert::sent),
                                            field("status", &Alert::status),
                                            field("msgType", &Alert::msg_type),
                                            field("source", &Alert::source),
                                            field("scope", &Alert::scope),
                                            field("restriction", &Alert::restriction),
                                            field("addresses", &Alert::addresses),
                                            field("code", &Alert::code),
                                            field("note", &Alert::note),
                                            field("references", &Alert::references),
                                            field("incidents", &Alert::incidents),
                                            field("info", &Alert::info),
                                            field("signature", &Alert::signature)};
};

// The alert as JSON on one line: members in the order above, absent ones left out.
std::string to_json(const Alert&);

}  // namespace anlan::cap
