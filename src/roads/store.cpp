#include "roads/store.h"

#include <fmt/format.h>

#include <cstring>

#include "platform/crypto/sm3.h"
#include "roads/lines.h"

namespace anlan::roads {
namespace {

constexpr std::string_view kMagic = "ANLNROAD";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHead = 48, kSpot = 8, kRoad = 20, kHash = 32;
constexpr std::uint8_t kOneWay = 1;

// Little-endian on every machine.
class Out {
 public:
  template <class T>
  void number(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
      bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
  }
  void spots(const std::vector<road::Spot>& spots) {
    for (const road::Spot s : spots) number(s.lng), number(s.lat);
  }
  std::string bytes;
};

// Never asked for more than is there: sizes are checked before.
class In {
 public:
  explicit In(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  T number() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[i])} << (8 * i);
    bytes_.remove_prefix(sizeof(T));
    return static_cast<T>(value);
  }
  std::string text(std::size_t size) {
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }
  // Nothing where one is no place.
  std::optional<std::vector<road::Spot>> spots(std::size_t count) {
    std::vector<road::Spot> spots(count);
    for (road::Spot& s : spots) {
      s.lng = number<std::int32_t>();
      s.lat = number<std::int32_t>();
      if (std::abs(std::int64_t{s.lng}) > 1'800'000'000 || std::abs(std::int64_t{s.lat}) > 900'000'000)
        return std::nullopt;
    }
    return spots;
  }

 private:
  std::string_view bytes_;
};

struct Counts {
  std::uint32_t source, nodes, roads, shape;
};

// Nothing where a number leads out of what is there.
std::optional<std::vector<road::Road>> roads_of(In& in, const Counts& counts) {
  std::vector<road::Road> roads(counts.roads);
  std::uint64_t shape = 0;
  for (road::Road& r : roads) {
    r.tail = in.number<std::uint32_t>();
    r.head = in.number<std::uint32_t>();
    r.shape_begin = static_cast<std::uint32_t>(shape);
    shape += in.number<std::uint32_t>();
    if (r.tail >= counts.nodes || r.head >= counts.nodes || shape > counts.shape) return std::nullopt;
    r.shape_end = static_cast<std::uint32_t>(shape);
    const auto road_class = in.number<std::uint8_t>(), flags = in.number<std::uint8_t>();
    r.traits.kmh = in.number<std::uint8_t>();
    const auto nothing = in.number<std::uint8_t>();
    if (road_class >= road::kClasses || flags > kOneWay || nothing != 0) return std::nullopt;
    r.traits.road_class = static_cast<road::Class>(road_class);
    r.traits.one_way = flags == kOneWay;
    r.traits.height_cm = in.number<std::uint16_t>();
    r.traits.weight_10kg = in.number<std::uint16_t>();
  }
  return shape == counts.shape ? std::optional(std::move(roads)) : std::nullopt;
}

std::string_view hash_of(const crypto::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string to_bytes(const road::Network& network, const std::string& source, Instant imported_at) {
  Out out;
  out.bytes = kMagic;
  out.number(kVersion);
  out.number(static_cast<std::uint32_t>(source.size()));
  out.number(static_cast<std::uint32_t>(network.nodes()));
  out.number(static_cast<std::uint32_t>(network.roads().size()));
  out.number(static_cast<std::uint32_t>(network.shape().size()));
  out.number(std::uint32_t{0});
  out.number(static_cast<std::int64_t>(imported_at.time_since_epoch().count()));
  out.number(std::uint64_t{0});
  out.bytes += source;
  out.spots(network.spots());
  for (const road::Road& r : network.roads()) {
    out.number(r.tail);
    out.number(r.head);
    out.number(r.shape_end - r.shape_begin);
    out.number(static_cast<std::uint8_t>(r.traits.road_class));
    out.number(static_cast<std::uint8_t>(r.traits.one_way ? kOneWay : 0));
    out.number(r.traits.kmh);
    out.number(std::uint8_t{0});
    out.number(r.traits.height_cm);
    out.number(r.traits.weight_10kg);
  }
  out.spots(network.shape());
  out.bytes += hash_of(crypto::sm3(out.bytes));
  return std::move(out.bytes);
}

Outcome<Kept> from_bytes(std::string_view bytes, const std::string& file) {
  if (bytes.size() < kHead + kHash || !bytes.starts_with(kMagic)) return refuse_file("kept_broken", file, "head");
  In in(bytes.substr(kMagic.size()));
  if (const auto version = in.number<std::uint32_t>(); version != kVersion)
    return refuse_file("kept_version", file, std::to_string(version));
  Counts counts{};
  counts.source = in.number<std::uint32_t>();
  counts.nodes = in.number<std::uint32_t>();
  counts.roads = in.number<std::uint32_t>();
  counts.shape = in.number<std::uint32_t>();
  const auto nothing = in.number<std::uint32_t>();
  Kept kept;
  kept.imported_at = Instant(Instant::duration(in.number<std::int64_t>()));
  // In 64 bits, where no counts run over; equal to what is there, so nothing below can read past the end.
  const std::uint64_t size = kHead + counts.source + kSpot * (std::uint64_t{counts.nodes} + counts.shape) +
                             kRoad * std::uint64_t{counts.roads} + kHash;
  if (nothing != 0 || in.number<std::uint64_t>() != 0 || counts.source > kMostSource || size != bytes.size())
    return refuse_file("kept_broken", file, "size");
  // Whoever can write the file can write its sum too: it finds broken disks, not enemies. Numbers are checked besides.
  const std::string_view content = bytes.substr(0, bytes.size() - kHash);
  if (hash_of(crypto::sm3(content)) != bytes.substr(content.size())) return refuse_file("kept_broken", file, "SM3");
  kept.source = in.text(counts.source);
  auto nodes = in.spots(counts.nodes);
  auto roads = nodes ? roads_of(in, counts) : std::nullopt;
  auto shape = roads ? in.spots(counts.shape) : std::nullopt;
  if (!shape) return refuse_file("kept_broken", file, "number");
  kept.network = std::make_unique<const road::Network>(std::move(*nodes), std::move(*roads), std::move(*shape));
  return kept;
}

std::string file_of(const std::string& node_folder) { return node_folder + "/roads/network.roads"; }

}  // namespace anlan::roads
