#include "services/acmpca/testing/memory_bucket.h"

#include <algorithm>
#include <utility>

#include "crypto/digest.h"
#include "encoding/hex.h"

namespace everseal::acmpca::testing {

namespace {

class Octets final : public http::BodySource {
 public:
  explicit Octets(Bytes content) : content_(std::move(content)) {}
  Result<std::size_t> read(std::span<std::uint8_t> space) override {
    const auto count = std::min(space.size(), content_.size() - at_);
    std::copy_n(content_.begin() + static_cast<std::ptrdiff_t>(at_), count, space.begin());
    at_ += count;
    return count;
  }

 private:
  const Bytes content_;
  std::size_t at_ = 0;
};

}  // namespace

class MemoryBucket::Written final : public ObjectSink::Pending {
 public:
  Written(MemoryBucket& bucket, const Target& target)
      : bucket_(bucket),
        name_(target.bucket + '/' + target.key),
        object_{{}, target.acl, target.content_type, target.authority_arn} {}

  Outcome append(ByteView octets) override {
    object_.content.insert(object_.content.end(), octets.begin(), octets.end());
    return {};
  }
  Outcome finish() override {
    if (bucket_.disk_fault) return *bucket_.disk_fault;
    if (const auto call = std::exchange(bucket_.before_store, nullptr)) call();
    return {};
  }
  Outcome store(sql::Transaction& tx) override {
    tx.after_commit([&bucket = bucket_, name = name_, object = object_] {
      const std::lock_guard lock(bucket.mutex_);
      bucket.objects_[name] = object;
    });
    return {};
  }

 private:
  MemoryBucket& bucket_;
  const std::string name_;
  Object object_;
};

Outcome MemoryBucket::check(const Target&) {
  if (refuses) return Fault::conflict(*refuses);
  return {};
}

Result<bool> MemoryBucket::has_bucket(const Target&) { return !is_missing; }

Result<std::unique_ptr<ObjectSink::Pending>> MemoryBucket::begin(const Target& target) {
  if (refuses) return Fault::conflict(*refuses);
  return std::unique_ptr<Pending>(std::make_unique<Written>(*this, target));
}

Result<std::optional<ObjectSource::Opened>> MemoryBucket::open(std::string_view bucket,
                                                               std::string_view key) {
  if (refuses) return Fault::unavailable(*refuses);
  auto object = find(std::string(bucket) + '/' + std::string(key));
  if (!object) return std::optional<Opened>{};
  const auto digest = crypto::sha256(object->content);
  return std::optional(Opened{.size = object->content.size(),
                              .etag = encoding::to_hex(ByteView(digest).first(16)),
                              .modified_at = TimePoint{},
                              .octets = std::make_unique<Octets>(std::move(object->content))});
}

std::optional<MemoryBucket::Object> MemoryBucket::find(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto at = objects_.find(name);
  return at == objects_.end() ? std::nullopt : std::optional(at->second);
}

void MemoryBucket::put(const std::string& name, Bytes content) {
  const std::lock_guard lock(mutex_);
  objects_[name].content = std::move(content);
}

void MemoryBucket::remove(const std::string& name) {
  const std::lock_guard lock(mutex_);
  objects_.erase(name);
}

std::size_t MemoryBucket::size() const {
  const std::lock_guard lock(mutex_);
  return objects_.size();
}

}  // namespace everseal::acmpca::testing
