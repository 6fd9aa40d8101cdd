//! A sample of the documents that are held.

use super::{Store, StoreError};

impl Store {
    /// How many documents there are.
    pub async fn document_count(&self) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM documents")
            .fetch_one(&self.readers)
            .await?;
        super::values::of_kind("count", count)
    }

    /// The texts of so many documents, each as it is now and of long ones the beginning. Ids are digests of addresses, so the
    /// first of them are of any source and any time.
    pub async fn sampled_texts(&self, count: u32) -> Result<Vec<String>, StoreError> {
        let texts = sqlx::query_scalar(
            "SELECT SUBSTR(r.text, 1, 20000) FROM documents d JOIN revisions r ON r.id = d.revision_id ORDER BY d.id LIMIT $1",
        );
        Ok(texts.bind(i64::from(count)).fetch_all(&self.readers).await?)
    }
}
