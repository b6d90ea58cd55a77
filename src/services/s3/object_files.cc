#include "services/s3/object_files.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <utility>

#include "checksum/crc.h"
#include "encoding/hex.h"

namespace everseal::s3 {
namespace {

constexpr std::size_t block_size = 64 * 1024;
constexpr std::size_t sum_size = 4;

std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
  std::array<std::uint8_t, 8> octets{};
  for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet, number >>= 8U) {
    *octet = static_cast<std::uint8_t>(number);
  }
  return octets;
}

std::array<std::uint8_t, sum_size> sum_of(std::string_view file, std::uint64_t index,
                                          ByteView octets) {
  auto sum = checksum::crc32c(0, as_bytes(file));
  sum = checksum::crc32c(sum, big_endian(index));
  sum = checksum::crc32c(sum, octets);
  std::array<std::uint8_t, sum_size> bytes{};
  std::ranges::copy(ByteView(big_endian(sum)).last(sum_size), bytes.begin());
  return bytes;
}

// One file, block by block.
class SegmentReader {
 public:
  SegmentReader(Segment segment, std::unique_ptr<StoredReader> stored)
      : segment_(std::move(segment)), stored_(std::move(stored)) {}

  // What the block around `offset` holds from there on.
  Result<ByteView> from(std::uint64_t offset) {
    const auto index = offset / block_size;
    if (!loaded_ || index != index_) {
      if (auto read = load(index); !read) return read.error();
    }
    return ByteView(block_).first(block_.size() - sum_size).subspan(offset % block_size);
  }

 private:
  Outcome load(std::uint64_t index) {
    const auto start = index * block_size;
    const auto size = std::min<std::uint64_t>(block_size, segment_.size - start);
    loaded_ = false;
    block_.resize(static_cast<std::size_t>(size) + sum_size);
    const auto read = stored_->read_at(index * (block_size + sum_size), block_);
    if (!read) return read.error();
    const auto octets = ByteView(block_).first(static_cast<std::size_t>(size));
    const bool whole = *read == block_.size();
    if (!whole || !std::ranges::equal(sum_of(segment_.file, index, octets),
                                      ByteView(block_).last(sum_size))) {
      return Fault::broken("the object file " + segment_.file + " is damaged in block " +
                           std::to_string(index));
    }
    index_ = index;
    loaded_ = true;
    return {};
  }

  Segment segment_;
  std::unique_ptr<StoredReader> stored_;
  Bytes block_;
  std::uint64_t index_ = 0;
  bool loaded_ = false;
};

class SegmentsSource final : public http::BodySource {
 public:
  SegmentsSource(Storage& storage, std::vector<Segment> segments, std::uint64_t offset,
                 std::uint64_t length)
      : storage_(storage), segments_(std::move(segments)), offset_(offset), left_(length) {}

  // Finds and verifies the first octets.
  Outcome start() {
    if (left_ == 0) return {};
    if (auto opened = open_segment(); !opened) return opened;
    const auto first = reader_->from(offset_);
    if (!first) return first.error();
    return {};
  }

  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    if (left_ == 0) return std::size_t{0};
    if (auto opened = open_segment(); !opened) return opened.error();
    const auto there = reader_->from(offset_);
    if (!there) return there.error();
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>({left_, space.size(), there->size()}));
    std::ranges::copy(there->first(count), space.begin());
    offset_ += count;
    left_ -= count;
    return count;
  }

 private:
  // The segment that the next octet is in.
  Outcome open_segment() {
    while (index_ < segments_.size() && offset_ >= segments_[index_].size) {
      offset_ -= segments_[index_].size;
      ++index_;
      reader_.reset();
    }
    if (index_ >= segments_.size()) return Fault::broken("an object is longer than its files");
    if (reader_) return {};
    auto stored = storage_.open(segments_[index_].file);
    if (!stored) return stored.error();
    reader_ = std::make_unique<SegmentReader>(segments_[index_], *std::move(stored));
    return {};
  }

  Storage& storage_;
  std::vector<Segment> segments_;
  std::size_t index_ = 0;
  std::uint64_t offset_;  // in the segment at hand
  std::uint64_t left_;
  std::unique_ptr<SegmentReader> reader_;
};

Result<std::set<std::string>> named_by_rows(sql::Database& database, const std::string& digits) {
  using Names = std::set<std::string>;
  return database.read([&](sql::Snapshot& view) -> Result<Names> {
    Names names;
    const auto last = digits + "g";  // behind every hexadecimal digit
    const auto read =
        view.each("SELECT id FROM s3_file WHERE id >= $1 AND id < $2", {digits, last},
                  [&](const sql::Row& row) { return names.insert(row.text(0)), true; });
    if (!read) return read.error();
    return names;
  });
}

}  // namespace

NewFile::NewFile(ObjectFiles& files, std::string name, std::unique_ptr<StoredWriter> writer)
    : files_(files), name_(std::move(name)), writer_(std::move(writer)) {
  block_.reserve(block_size);
}

NewFile::~NewFile() {
  writer_.reset();
  if (is_published_ && !is_kept_) files_.remove({name_});
}

Outcome NewFile::append(ByteView octets) {
  size_ += octets.size();
  while (!octets.empty()) {
    const auto count = std::min(octets.size(), block_size - block_.size());
    const auto part = octets.first(count);
    block_.insert(block_.end(), part.begin(), part.end());
    octets = octets.subspan(count);
    if (block_.size() < block_size) break;
    if (auto ended = end_block(); !ended) return ended;
  }
  return {};
}

Outcome NewFile::end_block() {
  const auto sum = sum_of(name_, blocks_++, block_);
  block_.insert(block_.end(), sum.begin(), sum.end());
  auto appended = writer_->append(block_);
  block_.clear();
  return appended;
}

Outcome NewFile::publish() {
  if (!block_.empty()) {
    if (auto ended = end_block(); !ended) return ended;
  }
  is_published_ = true;
  return writer_->publish();
}

Result<std::unique_ptr<NewFile>> ObjectFiles::create() {
  auto name = encoding::to_hex(random_.bytes(16));
  auto writer = storage_.create(name);
  if (!writer) return writer.error();
  return std::make_unique<NewFile>(*this, std::move(name), *std::move(writer));
}

Result<std::unique_ptr<http::BodySource>> ObjectFiles::read(std::vector<Segment> segments,
                                                            std::uint64_t offset,
                                                            std::uint64_t length) {
  auto source = std::make_unique<SegmentsSource>(storage_, std::move(segments), offset, length);
  if (auto started = source->start(); !started) return started.error();
  return std::unique_ptr<http::BodySource>(std::move(source));
}

void ObjectFiles::remove(const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const auto removed = storage_.remove(name);
    if (!removed) log_.warning("s3.file.not_removed", {{"cause", removed.error().cause}});
  }
}

Result<std::size_t> ObjectFiles::sweep(sql::Database& database) {
  std::size_t swept = 0;
  for (unsigned folder = 0; folder < 256; ++folder) {
    const auto digits = encoding::to_hex(Bytes{static_cast<std::uint8_t>(folder)});
    auto names = storage_.names(digits);
    if (!names) return names.error();
    if (names->empty()) continue;
    const auto known = named_by_rows(database, digits);
    if (!known) return known.error();
    std::erase_if(*names, [&](const std::string& name) { return known->contains(name); });
    swept += names->size();
    remove(*names);
  }
  if (swept > 0) log_.info("s3.orphans.swept", {{"files", swept}});
  return swept;
}

}  // namespace everseal::s3
