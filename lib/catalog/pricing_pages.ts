/** Pages of the service on which credits and plans are sold. */

/** Spark Packs: what every job can be paid with. */
export const SPARK_PACKS_URL = "https://docs.sogni.ai/pricing/#spark-packs";

/** The unlimited plans and what they cover. */
export const UNLIMITED_URL = "https://docs.sogni.ai/pricing/unlimited-plan-details";
