// Forms from browsers: however they are cut, the same fields and the same file come out, within the
// limits; and a policy ends in a limit or a refusal. The first line is the type of the form.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "services/s3/forms/form_policy.h"
#include "services/s3/forms/form_reader.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

// What was read of a form; nothing after a refusal.
struct Read {
  bool is_form = false;
  bool is_whole = false;
  int files = 0;
  s3::HeaderMap fields{};
  std::string file_name{};
  std::string file{};
};

Read read(std::string_view type, std::string_view form, std::size_t piece) {
  Read all;
  auto reader = s3::FormReader::of_type(
      type, {.begin = [&](s3::HeaderMap fields, std::string name) -> Result<void, aws::ApiError> {
               ++all.files;
               all.fields = std::move(fields);
               all.file_name = std::move(name);
               return {};
             },
             .append = [&](ByteView octets) -> Result<void, aws::ApiError> {
               require(!octets.empty());
               all.file += as_text(octets);
               return {};
             }});
  all.is_form = reader.has_value();
  if (!reader) return all;
  for (std::size_t at = 0; at < form.size(); at += piece) {
    if (!reader->write(as_bytes(form.substr(at, piece)))) return all;
  }
  all.is_whole = reader->finish().has_value();
  return all;
}

void check_fields(const Read& all) {
  std::size_t octets = 0;
  for (const auto& [name, value] : all.fields) {
    octets += name.size() + value.size();
    require(std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; }));
  }
  require(octets <= s3::FormReader::most_octets);
  require(all.file_name.size() <= s3::FormReader::most_octets);
  const auto limits = s3::limits_of_form(all.fields, "bucket", from_millis(1'740'830'400'000));
  if (!limits) require(!limits.error().message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto line = octets.substr(0, octets.find('\n'));
  const auto form = octets.substr(std::min(line.size() + 1, octets.size()));
  const auto whole = read(line, form, std::max<std::size_t>(form.size(), 1));
  require(whole.files <= 1 && (whole.is_form || whole.files == 0));
  if (whole.files == 1) check_fields(whole);
  // What comes at once may be longer than what is kept while more is awaited.
  if (!whole.is_whole || form.size() > s3::FormReader::most_octets) return 0;
  for (const std::size_t piece : {1U, 2U, 7U, 64U}) {
    const auto cut = read(line, form, piece);
    require(cut.is_whole && cut.fields == whole.fields && cut.file_name == whole.file_name &&
            cut.file == whole.file);
  }
  return 0;
}
