#pragma once
// What readers of road files gather.

#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include "base/refusal.h"
#include "geo/datum.h"
#include "roads/rules.h"

namespace anlan::roads {

// A city has some hundred thousand; a province a million or two.
inline constexpr std::size_t kMostPlaces = 12'000'000, kMostLines = 3'000'000;
inline constexpr std::size_t kMostPointsOfALine = 200'000;
// What lies farther apart is no line on the ground but a mistake in the map.
inline constexpr double kLongestPiece_m = 50'000;

// Lines that were read and are not in the network, by why; a closed set of words under "roads_left_out" in the texts.
using LeftOut = std::map<std::string, std::size_t>;

// Used by one thread.
class Lines {
 public:
  explicit Lines(geo::Datum datum) : datum_(datum) {}

  // A line of places on the ground as the file has them, brought to CGCS2000. Refused (of `file`): a place that is
  // none, too many of them. A piece too long, or a line of less than two points, is left out and counted.
  Outcome<Done> add(const std::string& file, std::span<const LngLat> points, const Meaning&);
  void leave_out(const char* why) { ++left_out_[why]; }
  // A class that the rules do not know; told by how often. Kept are some words of them, cut short, without controls.
  void unknown_class(const std::string& word);

  const std::vector<road::Spot>& places() const { return places_; }
  const std::vector<road::Way>& ways() const { return ways_; }
  const LeftOut& left_out() const { return left_out_; }
  const std::map<std::string, std::size_t>& unknown_classes() const { return unknown_; }

 private:
  std::uint32_t number_of(road::Spot);

  geo::Datum datum_;
  std::vector<road::Spot> places_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::vector<road::Way> ways_;
  LeftOut left_out_;
  std::map<std::string, std::size_t> unknown_;
};

// Gives a file's next bytes, at most so many; empty at its end.
using Bytes = std::function<std::string(std::size_t most)>;
// Opens the file anew, from its beginning.
using Opening = std::function<Bytes()>;

// Of a file that is not what it should be; code "roads.CODE".
Refusal refuse_file(std::string code, const std::string& file, const std::string& what = {});

// An OpenStreetMap extract, PBF form (wiki.openstreetmap.org/wiki/PBF_Format), read twice: lines, then their places.
// Ways of the rules' classes alone. Lines cut off at the border of the extract end where it ends.
Outcome<Done> read_osm(const std::string& file, const Opening&, const Rules&, Lines&);

// A GeoJSON FeatureCollection (RFC 7946) of LineStrings and MultiLineStrings; other geometry is left out and counted.
// Of any size: read as a stream.
Outcome<Done> read_geojson(const std::string& file, const Opening&, const Rules&, Lines&);

// A shapefile of lines in degrees. Each empty where the part is not there; .shp and .shx must be.
// Its parts as they are on the disk, up to a gigabyte each: held while they are read.
struct Shapefile {
  std::string shp, shx, dbf, prj;
};
Outcome<Done> read_shapefile(const std::string& file, const Shapefile&, const Rules&, Lines&);

}  // namespace anlan::roads
