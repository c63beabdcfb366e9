#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <set>

#include "base/text.h"
#include "roads/lines.h"

namespace anlan::roads {
namespace {

namespace json = boost::json;
using json::error_code;

constexpr std::size_t kPiece = 1 << 16, kLongestText = 4096;

// Takes what the parser finds as it comes; a whole line is all that it holds.
class Features {
 public:
  // What basic_parser asks for.
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = kLongestText;
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

  Features(const std::string& file, const Rules& rules, Lines& lines) : file_(file), rules_(rules), lines_(lines) {
    const Columns& c = rules.columns;
    for (const auto* columns : {&c.road_class, &c.one_way, &c.limit, &c.height, &c.weight})
      for (const std::string& column : *columns) wanted_.insert(lower(column));
  }

  std::optional<Refusal> refusal;
  bool is_collection() const { return seen_collection_; }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }

  bool on_object_begin(error_code&) {
    const std::string& key = key_of(open_);
    Where where = Where::kOther;
    if (open_.empty())
      where = Where::kTop;
    else if (at(Where::kFeatures))
      where = Where::kFeature;
    else if (at(Where::kFeature) && key == "geometry")
      where = Where::kGeometry;
    else if (at(Where::kFeature) && key == "properties")
      where = Where::kProperties;
    else if ((at(Where::kTop) || at(Where::kCrs)) && (key == "crs" || key == "properties"))
      where = Where::kCrs;
    if (where == Where::kFeature) begin_feature();
    open_.push_back({where, {}});
    return true;
  }
  bool on_object_end(std::size_t, error_code& ec) {
    const bool is_feature = at(Where::kFeature);
    open_.pop_back();
    return !is_feature || finish_feature(ec);
  }
  bool on_array_begin(error_code&) {
    const std::string& key = key_of(open_);
    Where where = Where::kOther;
    if (at(Where::kTop) && key == "features")
      where = Where::kFeatures, seen_collection_ = true;
    else if (at(Where::kCoordinates) || (at(Where::kGeometry) && key == "coordinates"))
      where = Where::kCoordinates;
    if (where == Where::kCoordinates) numbers_.clear();
    open_.push_back({where, {}});
    return true;
  }
  // An array of numbers is a point, one of points a line.
  bool on_array_end(std::size_t, error_code& ec) {
    const bool has_points = open_.back().has_points, is_coordinates = at(Where::kCoordinates);
    open_.pop_back();
    if (!is_coordinates) return true;
    if (!numbers_.empty()) {
      if (numbers_.size() < 2) return stop(ec, "geojson_broken", "coordinates");
      if (points_.size() >= kMostPointsOfALine) return stop(ec, "line_too_long", std::to_string(kMostPointsOfALine));
      points_.push_back({numbers_[0], numbers_[1]});
      numbers_.clear();
      if (at(Where::kCoordinates)) open_.back().has_points = true;
    } else if (has_points) {
      ends_.push_back(points_.size());
    }
    return true;
  }

  bool on_key_part(json::string_view part, std::size_t, error_code&) { return text_ += std::string_view(part), true; }
  bool on_key(json::string_view part, std::size_t, error_code&) {
    text_ += std::string_view(part);
    open_.back().key = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t size, error_code&) {
    if (size <= kLongestText) text_ += std::string_view(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t size, error_code& ec) {
    if (size <= kLongestText) text_ += std::string_view(part);
    return value(std::exchange(text_, {}), ec);
  }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, error_code& ec) {
    return coordinate(static_cast<double>(number)) || value(std::to_string(number), ec);
  }
  bool on_uint64(std::uint64_t number, json::string_view, error_code& ec) {
    return coordinate(static_cast<double>(number)) || value(std::to_string(number), ec);
  }
  bool on_double(double number, json::string_view, error_code& ec) {
    return coordinate(number) || value(fmt::format("{}", number), ec);
  }
  bool on_bool(bool truth, error_code& ec) { return value(truth ? "true" : "false", ec); }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

 private:
  // What the braces and brackets around the parser's place are.
  enum class Where { kTop, kCrs, kFeatures, kFeature, kProperties, kGeometry, kCoordinates, kOther };
  struct Open {
    Where where;
    std::string key;
    bool has_points = false;
  };

  bool at(Where where) const { return !open_.empty() && open_.back().where == where; }
  static const std::string& key_of(const std::vector<Open>& open) {
    static const std::string kNo;
    return open.empty() ? kNo : open.back().key;
  }
  bool stop(error_code& ec, const char* code, const std::string& what) {
    refusal = refuse_file(code, file_, what);
    ec = json::error::syntax;
    return false;
  }

  // Longitude, latitude, height and perhaps a measure; what follows is not kept, so that a hostile point takes no room.
  bool coordinate(double number) {
    if (!at(Where::kCoordinates)) return false;
    if (numbers_.size() < 4) numbers_.push_back(number);
    return true;
  }
  // A value that is no coordinate, by where it stands.
  bool value(std::string text, error_code& ec) {
    if (open_.empty()) return true;
    const std::string& key = open_.back().key;
    switch (open_.back().where) {
      case Where::kTop:
        if (key == "type" && text != "FeatureCollection") return stop(ec, "geojson_type", text.substr(0, 80));
        break;
      case Where::kCrs:
        if (key == "name" && !in_degrees(text)) return stop(ec, "projected", text.substr(0, 80));
        break;
      case Where::kGeometry:
        if (key == "type") geometry_ = std::move(text);
        break;
      case Where::kProperties:
        if (std::string name = lower(key); wanted_.contains(name)) properties_[name] = std::move(text);
        break;
      default:
        break;
    }
    return true;
  }
  static bool in_degrees(const std::string& crs) {
    return crs.find("CRS84") != crs.npos || crs.ends_with(":4326") || crs.ends_with(":4490");
  }

  void begin_feature() {
    geometry_.clear();
    properties_.clear();
    points_.clear();
    ends_.clear();
    numbers_.clear();
  }
  // Names of properties in small letters or large: QGIS and ArcGIS do not agree on them.
  std::string first_of(const std::vector<std::string>& columns) const {
    for (const std::string& column : columns)
      if (const auto found = properties_.find(lower(column)); found != properties_.end() && !found->second.empty())
        return found->second;
    return {};
  }
  // Only now its type is known: "type" may stand behind the coordinates.
  bool finish_feature(error_code& ec) {
    if (geometry_ != "LineString" && geometry_ != "MultiLineString") return lines_.leave_out("geometry"), true;
    const Columns& c = rules_.columns;
    const Words words{first_of(c.road_class), first_of(c.one_way), first_of(c.limit), first_of(c.height),
                      first_of(c.weight)};
    const auto meaning = meaning_of(words, rules_);
    if (!meaning) return lines_.leave_out("class"), true;
    if (!meaning->known) lines_.unknown_class(words.road_class);
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      if (auto added = lines_.add(file_, std::span(points_).subspan(begin, end - begin), *meaning); !added.ok()) {
        refusal = added.error();
        ec = json::error::syntax;
        return false;
      }
      begin = end;
    }
    if (ends_.empty()) lines_.leave_out("short");
    return true;
  }

  const std::string& file_;
  const Rules& rules_;
  Lines& lines_;
  std::vector<Open> open_;
  std::string text_, geometry_;
  std::set<std::string> wanted_;  // names of properties
  std::map<std::string, std::string> properties_;
  std::vector<double> numbers_;
  std::vector<LngLat> points_;
  std::vector<std::size_t> ends_;  // of lines, in points_
  bool seen_collection_ = false;
};

}  // namespace

Outcome<Done> read_geojson(const std::string& file, const Opening& open, const Rules& rules, Lines& lines) {
  json::basic_parser<Features> parser(json::parse_options(), file, rules, lines);
  const Bytes bytes = open();
  error_code ec;
  std::string piece = bytes(kPiece);
  if (piece.starts_with("\xEF\xBB\xBF")) piece.erase(0, 3);
  std::size_t before = 0;
  while (!piece.empty()) {
    const std::size_t read = parser.write_some(true, piece.data(), piece.size(), ec);
    if (ec || read < piece.size()) {
      if (parser.handler().refusal) return *parser.handler().refusal;
      const bool only_blanks = !ec && piece.find_first_not_of(" \r\n\t", read) == piece.npos;
      if (!only_blanks) return refuse_file("geojson_broken", file, std::to_string(before + read));
    }
    before += piece.size();
    piece = bytes(kPiece);
  }
  parser.write_some(false, "", 0, ec);
  if (ec || before == 0) return refuse_file("geojson_broken", file, std::to_string(before));
  if (!parser.handler().is_collection()) return refuse_file("geojson_type", file);
  return Done();
}

}  // namespace anlan::roads
