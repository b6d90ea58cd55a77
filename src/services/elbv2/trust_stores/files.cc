#include "services/elbv2/trust_stores/files.h"

#include <utility>

namespace everseal::elbv2::trust_stores {
namespace {

using Place = ObjectSource::Place;
using Found = ObjectSource::Found;

std::string shown(const Place& place) {
  std::string text = "'" + place.key + "'";
  if (place.version) text += " of version '" + *place.version + "'";
  return text + " in the bucket '" + place.bucket + "'";
}

// S3 keys have no slash in front, but the paths that people copy have.
std::optional<Place> without_slash(const Place& place) {
  const auto first = place.key.find_first_not_of('/');
  if (first == 0 || first == std::string::npos) return std::nullopt;
  return Place{place.bucket, place.key.substr(first), place.version};
}

std::string missing(const Place& place) { return "There is no object " + shown(place); }

}  // namespace

Result<Bytes, ApiError> read_file(ObjectSource& source, const aws::Call& call, const Place& place,
                                  std::int64_t most_octets, const Settings& settings,
                                  const FileWords& words) {
  const auto most = static_cast<std::uint64_t>(most_octets);
  auto found = source.read(call, place, most);
  if (!found) return found.error();
  if (const auto other = without_slash(place); other && found->kind == Found::Kind::Missing) {
    auto there = source.read(call, *other, most);
    if (!there) return there.error();
    if (there->kind == Found::Kind::Object && !settings.drops_leading_slash) {
      return words.not_found(missing(place) +
                             ". Keys in S3 do not begin with a slash: the object that exists is '" +
                             other->key + "', so specify that key");
    }
    if (there->kind == Found::Kind::Object) found = std::move(there);
  }
  switch (found->kind) {
    case Found::Kind::Object:
      break;
    case Found::Kind::Missing:
      return words.not_found(missing(place));
    case Found::Kind::Denied:
      return words.not_found("The object " + shown(place) + " cannot be read: " + found->denial);
    case Found::Kind::TooLong:
      return words.invalid("The object " + shown(place) + " has more than " +
                           std::to_string(most_octets) + " octets");
  }
  return std::move(found->octets);
}

}  // namespace everseal::elbv2::trust_stores
